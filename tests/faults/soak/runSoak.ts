import { seededRandom } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import { ownDatabase } from "../cluster/FaultDatabase.ts";
import { redisWithReplica } from "../cluster/redisWithReplica.ts";
import { isClean } from "../oracle/Verdict.ts";
import { type Run, startRun } from "../scenarios/startRun.ts";
import { FAULTS } from "./nemesis.ts";
import type { FaultFigures, SoakReport } from "./SoakReport.ts";

export type SoakOptions = {
  readonly seed: number;
  readonly minutes: number;
  /** Ends as soon as the log is so long. */
  readonly events: number;
  /** Steps a second over HTTP. */
  readonly rate: number;
  /** Written in bulk besides, on average over all the time. */
  readonly eventsPerSecond: number;
  /** How many events Redis keeps. */
  readonly window: number;
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
/** The bulk writers make up for a rest before the next fault, for so long. */
const CATCH_UP_MS = 20_000;
const FOLLOW_EVERY_MS = 500;
/** So short that tokens end while their sockets are open. */
const TOKEN_LIFE_S = 60;
/** The database is compared with itself at every rest while the log is so short, then whenever it has doubled, and at the end. */
const SHORT_LOG = 10_000;

/** One fault after the other, by the seed, under load; judged after each. Stops at the first broken promise. */
export async function runSoak(options: SoakOptions): Promise<Omit<SoakReport, "revision">> {
  const { seed, say, eventsPerSecond, window } = options;
  const random = seededRandom(seed);
  const faults = new Map<string, FaultFigures>();
  const names = Object.keys(FAULTS).filter(
    (name) => name.includes(options.only) && (options.except === "" || !name.includes(options.except)),
  );
  if (names.length === 0)
    throw new RangeError(`no fault is left: --only "${options.only}" --except "${options.except}"`);
  const database = await ownDatabase();
  const startRedis = redisWithReplica;
  const run = await startRun({ seed, database, startRedis, window, tokenLifeS: TOKEN_LIFE_S, eventsPerSecond });
  const began = new Date();
  const seconds = () => (Date.now() - began.getTime()) / 1_000;
  let rounds = 0;
  // Every kind has its turn before one comes again.
  let left: string[] = [];
  try {
    let verdict = await run.judge();
    let compared = verdict.events;
    const isOver = () =>
      seconds() > options.minutes * 60 || options.stopped() || verdict.events >= options.events || !isClean(verdict);
    while (!isOver()) {
      if (left.length === 0) left = [...names];
      const [name = ""] = left.splice(random.next(left.length), 1);
      rounds += 1;
      run.workload.run(options.rate);
      run.bulk.run();
      await following(run, Promise.all([Bun.sleep(WARM_UP_MS), run.bulk.caughtUp(CATCH_UP_MS)]));
      await FAULTS[name]?.(run, random);
      await following(run, Bun.sleep(LEAST_HOLD_MS + random.next(MOST_HOLD_MS - LEAST_HOLD_MS)));
      const freshMs = (await run.recover()) ?? Number.POSITIVE_INFINITY;
      const before = faults.get(name);
      const worstFreshMs = Math.max(before?.worstFreshMs ?? 0, freshMs);
      faults.set(name, { name, times: (before?.times ?? 0) + 1, worstFreshMs });
      const head = verdict.events;
      const doubled = head < SHORT_LOG || head > 2 * compared;
      verdict = await run.judge({ database: doubled });
      if (doubled) compared = verdict.events;
      const rate = Math.round(verdict.events / seconds());
      say(`${rounds}. ${name}: fresh after ${Math.round(freshMs)} ms, ${verdict.events} events, ${rate}/s`);
    }
    if (isClean(verdict)) verdict = await run.judge();
    return {
      seed,
      began: began.toISOString(),
      minutes: seconds() / 60,
      eventsPerSecond: verdict.events / seconds(),
      verdict,
      faults: [...faults.values()],
    };
  } finally {
    await run.stop();
  }
}

/** Reads on in the log meanwhile, so that it need not be read all at once at rest. */
async function following({ oracle }: Run, time: Promise<unknown>): Promise<void> {
  const life = { over: false };
  const ended = time.finally(() => (life.over = true));
  while (!life.over) {
    // A database that is down is read later.
    await oracle.follow().catch(() => {});
    await Promise.race([ended, Bun.sleep(FOLLOW_EVERY_MS)]);
  }
}
