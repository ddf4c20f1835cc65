import { expect, test } from "bun:test";
import { createLoopDelays, LOOP_WINDOW_MS } from "./createLoopDelays.ts";

/** A loop that is delayed when the test says so, and a clock of half windows. */
function setUp() {
  const monitors: { delays: number[] }[] = [];
  const turns: (() => void)[] = [];
  const delays = createLoopDelays({
    monitor() {
      const self = { delays: [] as number[] };
      monitors.push(self);
      return {
        get max() {
          return Math.max(0, ...self.delays);
        },
        percentile: (percent) =>
          self.delays.toSorted((a, b) => a - b)[Math.ceil((percent / 100) * self.delays.length) - 1] ?? 0,
        reset() {
          self.delays = [];
        },
      };
    },
    every(ms, run) {
      expect(ms).toBe(LOOP_WINDOW_MS / 2);
      turns.push(run);
    },
  });
  return {
    delays,
    delay: (seconds: number) => {
      for (const monitor of monitors) monitor.delays.push(seconds * 1e9);
    },
    halfWindow: () => {
      for (const turn of turns) turn();
    },
  };
}

test("every reader is told the same, however often the others read", () => {
  const { delays, delay } = setUp();
  for (const seconds of [0.1, 0.1, 0.1, 2]) delay(seconds);
  const read = () => [delays.percentile(50), delays.percentile(99), delays.longest()];
  expect([read(), read(), read()]).toEqual([
    [0.1, 2, 2],
    [0.1, 2, 2],
    [0.1, 2, 2],
  ]);
});

test("a delay is told for half a window at least and a window at most, read or not", () => {
  const { delays, delay, halfWindow } = setUp();
  halfWindow();
  delay(2);
  halfWindow();
  expect(delays.longest()).toBe(2);
  delay(1);
  halfWindow();
  expect(delays.longest()).toBe(1);
  halfWindow();
  expect([delays.longest(), delays.percentile(99)]).toEqual([0, 0]);
});
