import { expect, test } from "bun:test";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { followBusinessDay } from "./followBusinessDay.ts";

const HOUR_MS = 3_600_000;
/** Of Guayaquil. */
const MIDNIGHT = Date.parse("2026-11-25T05:00:00Z");

function setUp(startsAt: number) {
  const fake = createFakeScheduler();
  const zero = fake.now();
  const readAt: number[] = [];
  const now = () => startsAt + fake.now() - zero;
  const end = followBusinessDay({
    scheduler: { now, after: fake.after },
    liveQueries: { refetchAll: () => readAt.push(now()) },
  });
  return { fake, readAt, end };
}

test("what is shown is read once when the business day turns, after the servers' midnight and soon", async () => {
  const { fake, readAt } = setUp(MIDNIGHT - 2 * HOUR_MS + 1_234);
  await fake.advance(25 * HOUR_MS);
  expect(readAt).toHaveLength(1);
  expect((readAt[0] ?? 0) - MIDNIGHT).toBeGreaterThanOrEqual(5_000);
  expect((readAt[0] ?? 0) - MIDNIGHT).toBeLessThanOrEqual(15_000);
  await fake.advance(24 * HOUR_MS);
  expect(readAt).toHaveLength(2);
});

test("the day of the browser's own zone, or of UTC, does not matter", async () => {
  const { fake, readAt } = setUp(MIDNIGHT - 6 * HOUR_MS);
  await fake.advance(5.9 * HOUR_MS);
  expect(readAt).toEqual([]);
});

test("nothing is left after its end", async () => {
  const { fake, readAt, end } = setUp(MIDNIGHT - HOUR_MS);
  await fake.advance(HOUR_MS / 2);
  end();
  expect(fake.pending()).toBe(0);
  await fake.advance(2 * HOUR_MS);
  expect(readAt).toEqual([]);
});
