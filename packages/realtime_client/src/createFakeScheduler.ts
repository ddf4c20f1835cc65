import type { Scheduler } from "./Scheduler.ts";

export type FakeScheduler = Scheduler & {
  /** Lets time pass: due callbacks run in order, and promises settle in between. */
  readonly advance: (ms: number) => Promise<void>;
  /** How many callbacks wait: what leaks. */
  readonly pending: () => number;
};

type Entry = { readonly at: number; readonly run: () => void };

/** A clock that stands still until told. Starts at `now`, in milliseconds. */
export function createFakeScheduler(now = 1_000_000): FakeScheduler {
  const entries = new Set<Entry>();
  let current = now;
  const nextDue = (until: number): Entry | undefined =>
    [...entries].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => current,
    after(delayMs, run) {
      const entry = { at: current + Math.max(0, delayMs), run };
      entries.add(entry);
      return () => entries.delete(entry);
    },
    async advance(ms) {
      const until = current + ms;
      await settlePromises();
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        entries.delete(due);
        current = Math.max(current, due.at);
        due.run();
        await settlePromises();
      }
      current = until;
    },
    pending: () => entries.size,
  };
}

/** Chains of a few `await`s run to their end. */
async function settlePromises(): Promise<void> {
  for (let round = 0; round < 20; round += 1) await Promise.resolve();
}
