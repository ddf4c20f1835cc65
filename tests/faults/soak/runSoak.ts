import { seededRandom } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import { ownDatabase } from "../cluster/FaultDatabase.ts";
import { isClean, type Verdict } from "../oracle/Verdict.ts";
import { startRun } from "../scenarios/startRun.ts";
import { FAULTS } from "./nemesis.ts";

export type SoakOptions = {
  readonly seed: number;
  readonly minutes: number;
  /** Steps a second. */
  readonly rate: number;
  /** Only faults whose name contains it. */
  readonly only: string;
  /** No faults whose name contains it; empty: none is left out. */
  readonly except: string;
  readonly stopped: () => boolean;
  readonly say: (line: string) => void;
};

const WARM_UP_MS = 1_000;
const LEAST_HOLD_MS = 500;
const MOST_HOLD_MS = 5_000;
/** So short that tokens end while their sockets are open. */
const TOKEN_LIFE_S = 60;

/**
 * One fault after the other, by the seed, under load; judged after each. Stops at the first broken promise.
 * Resolves to the last verdict and the worst time to fresh, in milliseconds, by fault.
 */
export async function runSoak(
  options: SoakOptions,
): Promise<{ verdict: Verdict; worst: ReadonlyMap<string, number>; rounds: number }> {
  const { seed, say } = options;
  const random = seededRandom(seed);
  const worst = new Map<string, number>();
  const names = Object.keys(FAULTS).filter(
    (name) => name.includes(options.only) && (options.except === "" || !name.includes(options.except)),
  );
  if (names.length === 0)
    throw new RangeError(`no fault is left: --only "${options.only}" --except "${options.except}"`);
  const run = await startRun({ seed, database: await ownDatabase(), window: 5_000, tokenLifeS: TOKEN_LIFE_S });
  const deadline = performance.now() + options.minutes * 60_000;
  let rounds = 0;
  try {
    let verdict = await run.judge();
    while (performance.now() < deadline && !options.stopped() && isClean(verdict)) {
      const name = random.pick(names);
      rounds += 1;
      run.workload.run(options.rate);
      await Bun.sleep(WARM_UP_MS);
      await FAULTS[name]?.(run, random);
      await Bun.sleep(LEAST_HOLD_MS + random.next(MOST_HOLD_MS - LEAST_HOLD_MS));
      const freshMs = (await run.recover()) ?? Number.POSITIVE_INFINITY;
      worst.set(name, Math.max(worst.get(name) ?? 0, freshMs));
      verdict = await run.judge();
      say(`${rounds}. ${name}: fresh after ${Math.round(freshMs)} ms, ${verdict.events} events`);
    }
    return { verdict, worst, rounds };
  } finally {
    await run.stop();
  }
}
