import { findTools, REDIS } from "./findTool.ts";

/**
 * Finds or installs redis-server for the support of the tests, which reads its path when it is loaded: import that
 * afterwards. @throws when there is none to be had.
 */
export async function requireRedis(signal: AbortSignal = new AbortController().signal): Promise<void> {
  const program = (await findTools([REDIS], signal)).get(REDIS);
  if (program === undefined) throw new Error(`there is no redis-server program (set ${REDIS.variable})`);
  process.env[REDIS.variable] = program;
}
