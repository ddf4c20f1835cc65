import { inSnapshot } from "../infrastructure/persistence/inSnapshot.ts";
import { verifyStatistics } from "../infrastructure/sequencer/verifyStatistics.ts";
import { CliError, runCli } from "./runCli.ts";

await runCli("stats:verify", async (pool) => {
  const { head, pending, differences } = await inSnapshot(pool, verifyStatistics);
  for (const { rollup, key, column, expected, found } of differences) {
    const where = Object.entries(key).map(([name, value]) => `${name}=${value}`);
    console.log(`${rollup} ${where.join(" ")}: ${column} is ${found}, the orders say ${expected}`);
  }
  const upTo = `at seq ${head} with ${pending} events still in the outbox`;
  if (differences.length > 0) throw new CliError(`${differences.length} figures differ ${upTo}; see stats:rebuild`);
  console.log(`the statistics are what the orders say, ${upTo}`);
});
