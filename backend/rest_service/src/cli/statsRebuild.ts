import { rebuildStatistics } from "../infrastructure/sequencer/rebuildStatistics.ts";
import { runCli } from "./runCli.ts";

await runCli("stats:rebuild", async (pool) => {
  const client = await pool.connect();
  try {
    const head = await rebuildStatistics(client);
    console.log(`rebuilt the statistics from the log up to seq ${head}`);
  } finally {
    client.release();
  }
});
