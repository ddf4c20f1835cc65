import { expect, test } from "bun:test";
import { createSignal } from "./createSignal.ts";

test("a ring wakes the waiter", async () => {
  const signal = createSignal();
  const waiting = signal.wait(60_000);
  signal.ring();
  expect(await waiting).toBe(true);
});

test("rings while nobody waits are remembered once", async () => {
  const signal = createSignal();
  signal.ring();
  signal.ring();
  expect(await signal.wait(60_000)).toBe(true);
  expect(await signal.wait(1)).toBe(false);
});
