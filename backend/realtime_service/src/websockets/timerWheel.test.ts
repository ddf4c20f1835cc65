import { afterEach, expect, test } from "bun:test";
import { cancelTask, createTimerWheel } from "./timerWheel.ts";

const clock = { time: 0 };
const wheel = () => (made = createTimerWheel(() => clock.time));
let made: ReturnType<typeof createTimerWheel>;
afterEach(() => made.stop());

test("a wheel runs each task once, not before its time, and not when it was cancelled", () => {
  clock.time = 1000;
  const turning = wheel();
  const ran: string[] = [];
  const run = (name: string) => {
    ran.push(name);
    if (name === "first") turning.at(1100, run, "from inside");
  };
  turning.at(1501, run, "later");
  turning.at(0, run, "overdue");
  const cancelled = turning.at(1200, run, "cancelled");
  turning.at(1100, run, "first");
  cancelTask(cancelled);
  turning.turn();
  expect(ran).toEqual([]);
  for (clock.time = 1050; clock.time <= 1500; clock.time += 50) turning.turn();
  expect(ran).toEqual(["overdue", "first", "from inside"]);
  clock.time = 9000;
  turning.turn();
  turning.turn();
  expect(ran.at(-1)).toBe("later");
  expect(ran).toHaveLength(4);
});

test("a wheel that was empty for a day is on time at once", () => {
  clock.time = 1000;
  const turning = wheel();
  const ran: number[] = [];
  turning.at(1000, (number) => ran.push(number), 1);
  clock.time = 1100;
  turning.turn();
  clock.time += 86_400_000;
  turning.at(clock.time + 50, (number) => ran.push(number), 2);
  turning.turn();
  expect(ran).toEqual([1]);
  clock.time += 50;
  turning.turn();
  expect(ran).toEqual([1, 2]);
});

test("a clock that is set back delays nothing: neither what was to come nor what is asked for afterwards", () => {
  clock.time = 10_000_000;
  const turning = wheel();
  const ran: number[] = [];
  turning.at(clock.time + 1000, (number) => ran.push(number), 1);
  turning.turn();
  clock.time -= 3_600_000;
  turning.turn();
  turning.at(clock.time + 200, (number) => ran.push(number), 2);
  expect(ran).toEqual([]);
  clock.time += 250;
  turning.turn();
  expect(ran).toEqual([2]);
  clock.time += 800;
  turning.turn();
  expect(ran).toEqual([2, 1]);
});

test("a wheel that was stopped runs nothing more", () => {
  clock.time = 1000;
  const turning = wheel();
  const ran: number[] = [];
  turning.at(1100, (number) => ran.push(number), 1);
  turning.stop();
  turning.at(1100, (number) => ran.push(number), 2);
  clock.time = 2000;
  turning.turn();
  expect(ran).toEqual([]);
});
