// npm run soak -- --minutes N --seed S [--rate R] [--only PART] [--except PART]: random faults under load, replayable by the seed.
import { parseArgs } from "node:util";
import { findTools, REDIS } from "./testing/findTool.ts";

const USAGE =
  "options: --minutes N (up to 1440), --seed S, --rate N (steps a second, 1 to 200), --only and --except PART of a fault's name";

function numberWithin(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value <= most) return value;
  throw new RangeError(`${name} must be a number from ${least} to ${most}, not "${text}"; ${USAGE}`);
}

async function main(): Promise<number> {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "3" },
      seed: { type: "string", default: String(Date.now() % 100_000) },
      rate: { type: "string", default: "25" },
      only: { type: "string", default: "" },
      except: { type: "string", default: "" },
    },
  });
  const options = {
    minutes: numberWithin("--minutes", values.minutes, 0.1, 1_440),
    seed: numberWithin("--seed", values.seed, 0, 2 ** 31),
    rate: numberWithin("--rate", values.rate, 1, 200),
    only: values.only,
    except: values.except,
  };
  const redis = (await findTools([REDIS], stopping.signal)).get(REDIS);
  if (redis === undefined) throw new Error("there is no redis-server program (set TEST_REDIS_SERVER)");
  process.env["TEST_REDIS_SERVER"] = redis;
  console.log(`seed ${options.seed}, ${options.minutes} minutes, ${options.rate} steps a second`);

  // Not before Redis is known: the support of the tests reads its path when it is loaded.
  const { runSoak } = await import("../tests/faults/soak/runSoak.ts");
  const { isClean } = await import("../tests/faults/oracle/Verdict.ts");
  const { verdict, worst, rounds } = await runSoak({
    ...options,
    stopped: () => stopping.signal.aborted,
    say: (line) => console.log(line),
  });
  const { faults, ...figures } = verdict;
  for (const [name, value] of Object.entries({ rounds, ...figures })) console.log(`${name}: ${value}`);
  for (const [name, ms] of worst) console.log(`worst time to fresh, ${name}: ${Math.round(ms)} ms`);
  for (const fault of faults) console.log(`BROKEN (seed ${options.seed}): ${fault}`);
  return isClean(verdict) ? 0 : 1;
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
