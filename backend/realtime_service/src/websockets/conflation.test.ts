import { expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import { createConflation } from "./conflation.ts";

const hint = (seq?: number): Notification => ({
  type: "ADMIN_STATS_UPDATED",
  metadata: {},
  ...(seq === undefined ? {} : { seq }),
});

function heldConflation() {
  const clock = { time: 1000 };
  const conflation = createConflation(() => clock.time);
  for (let seq = 1; seq <= 12; seq += 1) conflation.hold("admin", hint(seq));
  return { clock, conflation };
}

test("while a hint is held, a later one of its kind never passes it, however late the release is", () => {
  const { clock, conflation } = heldConflation();
  clock.time += 1000;
  expect(conflation.hold("admin", hint(13))).toBe(true);
  expect(conflation.release(() => true)).toMatchObject([{ notification: { seq: 13, metadata: { count: 3 } } }]);
});

test("tells the lowest seq that it holds, and when the next release is due", () => {
  const { clock, conflation } = heldConflation();
  expect([conflation.oldestSeq(), conflation.nextDue()]).toEqual([11, 1100]);
  expect(conflation.release("due")).toEqual([]);
  clock.time = 1100;
  expect(conflation.release("due")).toHaveLength(1);
  expect([conflation.oldestSeq(), conflation.nextDue()]).toEqual([undefined, undefined]);
});

test("when the clock is set back, what is held is due, and merging ends", () => {
  const { clock, conflation } = heldConflation();
  clock.time -= 900;
  expect(conflation.nextDue()).toBeLessThanOrEqual(clock.time);
  expect(conflation.release("due")).toMatchObject([{ notification: { seq: 12 } }]);
  for (let seq = 13; seq <= 22; seq += 1) expect(conflation.hold("admin", hint(seq))).toBe(false);
});

test("a hint without a number keeps the number of those that it stands for", () => {
  const { conflation } = heldConflation();
  conflation.hold("admin", hint());
  expect(conflation.release(() => true)).toMatchObject([{ notification: { seq: 12, metadata: { count: 3 } } }]);
});

test("a calm window ends the merging", () => {
  const { clock, conflation } = heldConflation();
  conflation.release(() => true);
  clock.time = 1150;
  expect(conflation.hold("admin", hint(13))).toBe(true);
  conflation.release(() => true);
  clock.time = 1260;
  expect(conflation.hold("admin", hint(14))).toBe(false);
});
