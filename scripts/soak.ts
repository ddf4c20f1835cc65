// npm run soak -- --minutes N --seed S [--events-per-second N] [--report FILE] …: random faults under load, replayable by the seed.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { requireRedis } from "./testing/requireRedis.ts";

const USAGE =
  "options: --minutes N (up to 1440), --events N (ends there), --seed S, --rate N (steps a second over HTTP, 1 to 200), " +
  "--events-per-second N (in bulk besides, up to 5000), --window N (events that Redis keeps), " +
  "--only and --except PART of a fault's name, --report FILE (.md or .json)";
/** Without bulk a window that is passed now and then, with it the one of a service. */
const WINDOW = { few: "5000", bulk: "100000" };

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
      events: { type: "string", default: "1000000000" },
      rate: { type: "string", default: "25" },
      "events-per-second": { type: "string", default: "0" },
      window: { type: "string" },
      report: { type: "string" },
      only: { type: "string", default: "" },
      except: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.report !== undefined && !/\.(md|json)$/.test(values.report)) {
    throw new RangeError(`--report must be a file that ends in .md or .json, not "${values.report}"; ${USAGE}`);
  }
  const eventsPerSecond = numberWithin("--events-per-second", values["events-per-second"], 0, 5_000);
  const window = values.window ?? (eventsPerSecond > 0 ? WINDOW.bulk : WINDOW.few);
  const options = {
    eventsPerSecond,
    window: numberWithin("--window", window, 100, 1_000_000),
    events: numberWithin("--events", values.events, 1, 1_000_000_000),
    minutes: numberWithin("--minutes", values.minutes, 0.1, 1_440),
    seed: numberWithin("--seed", values.seed, 0, 2 ** 31),
    rate: numberWithin("--rate", values.rate, 1, 200),
    only: values.only,
    except: values.except,
  };
  await requireRedis(stopping.signal);
  console.log(
    `seed ${options.seed}, ${options.minutes} minutes, ${options.rate} steps and ${eventsPerSecond} bulk events a second`,
  );

  // Not before Redis is known: the support of the tests reads its path when it is loaded.
  const { runSoak } = await import("../tests/faults/soak/runSoak.ts");
  const { isClean } = await import("../tests/faults/oracle/Verdict.ts");
  const { soakFigures, soakMarkdown } = await import("../tests/faults/soak/SoakReport.ts");
  const report = {
    ...(await runSoak({ ...options, stopped: () => stopping.signal.aborted, say: (line) => console.log(line) })),
    revision: revision(),
  };
  for (const [name, value] of soakFigures(report)) console.log(`${name}: ${value}`);
  for (const { name, times, worstFreshMs } of report.faults) {
    console.log(`worst time to fresh, ${name} (${times} times): ${Math.round(worstFreshMs)} ms`);
  }
  for (const fault of report.verdict.faults) console.log(`BROKEN (seed ${options.seed}): ${fault}`);
  if (values.report !== undefined) {
    const text = values.report.endsWith(".md") ? soakMarkdown(report) : JSON.stringify(report, undefined, 2);
    writeFileSync(values.report, text);
  }
  return isClean(report.verdict) ? 0 : 1;
}

function revision(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", timeout: 5_000 }).trim();
  } catch {
    return "unknown";
  }
}

try {
  process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
