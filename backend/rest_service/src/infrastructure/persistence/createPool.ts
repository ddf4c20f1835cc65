import type { Logger } from "@espigon/service_kit";
import pg from "pg";
import { connectionSettings } from "./connectionSettings.ts";

export type PoolOptions = {
  readonly url: string;
  readonly applicationName: string;
  readonly logger: Logger;
  /** Connections at most. A request that finds none free within the connect timeout (5 s) is refused. */
  readonly max: number;
  /** Default 10 s; 0 for none. */
  readonly statementTimeoutMs?: number;
};

/**
 * A bounded pool. A lost connection, checked out or idle, is logged and replaced, and never ends the process. The
 * caller ends the pool. Types of values: see `connectionSettings`.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings({ ...options, statementTimeoutMs: options.statementTimeoutMs ?? 10_000 }),
    max: options.max,
    idleTimeoutMillis: 30_000,
  });
  const lost = (error: Error) => options.logger.warn({ err: error }, "database connection lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  return pool;
}
