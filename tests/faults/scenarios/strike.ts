import { expect } from "bun:test";
import type { Verdict } from "../oracle/Verdict.ts";
import type { Run } from "./startRun.ts";

/** Steps a second during a scenario. */
const RATE = 25;
const WARM_UP_MS = 500;

/**
 * One fault under load: people act, the fault strikes, all is healed. Fails unless every screen becomes fresh and
 * nothing was lost, told to others, taken back or broken. `fault` resolves when it has lasted long enough.
 */
export async function strike(run: Run, fault: () => Promise<void>): Promise<Verdict & { readonly freshMs: number }> {
  run.workload.run(RATE);
  await Bun.sleep(WARM_UP_MS);
  await fault();
  const freshMs = await run.recover();
  const verdict = await run.judge();
  expect(verdict).toMatchObject({ losses: 0, leaks: 0, backwardSteps: 0, faults: [] });
  expect(freshMs).toBeDefined();
  return { ...verdict, freshMs: freshMs ?? Number.POSITIVE_INFINITY };
}

/** How many sockets the clients of a run have opened so far. */
export function socketsOf({ clients }: Run): number {
  return clients.reduce((sum, { wire }) => sum + wire.sockets, 0);
}

/** Whether every client believes that it is connected. */
export function areLive({ clients }: Run): boolean {
  return clients.every(({ realtime }) => realtime.state().status === "live");
}
