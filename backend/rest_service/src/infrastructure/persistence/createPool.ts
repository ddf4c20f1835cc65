import type { Logger } from "@espigon/service_kit";
import pg from "pg";
import { connectionSettings } from "./connectionSettings.ts";

export type PoolOptions = {
  readonly url: string;
  readonly applicationName: string;
  readonly logger: Logger;
  /**
   * Connections at most. Who finds none free waits, 5 s at most (an error with "timeout"), and not at all where
   * `WAITING_PER_CONNECTION` times as many wait already (`PoolFullError`).
   */
  readonly max: number;
  /** Default 10 s; 0 for none. */
  readonly statementTimeoutMs?: number;
};

/** What waits is bounded: more could not be served within the 5 s anyway, once the database is slow. */
export const WAITING_PER_CONNECTION = 25;

/** All connections are taken, and enough wait for them. Its code is the SQLSTATE of too many connections. */
export class PoolFullError extends Error {
  override readonly name = "PoolFullError";
  readonly code = "53300";
}

/**
 * A bounded pool. A lost connection, checked out or idle, is logged and replaced, and never ends the process. The
 * caller ends the pool. Types of values: see `connectionSettings`.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new BoundedPool({
    ...connectionSettings({ ...options, statementTimeoutMs: options.statementTimeoutMs ?? 10_000 }),
    max: options.max,
    idleTimeoutMillis: 30_000,
  });
  const lost = (error: Error) => options.logger.warn({ err: error }, "database connection lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  return pool;
}

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** `query` also comes by way of `connect`. */
class BoundedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (this.waitingCount >= this.options.max * WAITING_PER_CONNECTION) {
      const error = new PoolFullError("all database connections are taken, and too many wait for one");
      return callback === undefined ? Promise.reject(error) : callback(error, undefined, () => {});
    }
    return callback === undefined ? super.connect() : super.connect(callback);
  }
}
