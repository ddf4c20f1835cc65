import { expect, test } from "bun:test";
import { cancelTask, createTimerWheel } from "./timerWheel.ts";

test("a wheel runs each task once, not before its time, and not when it was cancelled", () => {
  const clock = { time: 1000 };
  const wheel = createTimerWheel(() => clock.time);
  const ran: string[] = [];
  const run = (name: string) => {
    ran.push(name);
    if (name === "first") wheel.at(1100, run, "from inside");
  };
  wheel.at(1500, run, "later");
  wheel.at(0, run, "overdue");
  const cancelled = wheel.at(1200, run, "cancelled");
  wheel.at(1100, run, "first");
  cancelTask(cancelled);
  wheel.turn();
  expect(ran).toEqual([]);
  for (clock.time = 1050; clock.time <= 1499; clock.time += 50) wheel.turn();
  expect(ran).toEqual(["overdue", "first", "from inside"]);
  clock.time = 9000;
  wheel.turn();
  wheel.turn();
  expect(ran.at(-1)).toBe("later");
  expect(ran).toHaveLength(4);
});
