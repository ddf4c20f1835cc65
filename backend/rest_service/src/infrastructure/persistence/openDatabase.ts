import type pg from "pg";
import { createPool, type PoolOptions } from "./createPool.ts";

/**
 * A pool whose database has answered once. The caller ends it.
 * @throws an error of one line, without the password, when the database is not to be had.
 */
export async function openDatabase(options: PoolOptions): Promise<pg.Pool> {
  const pool = createPool(options);
  try {
    await pool.query("select 1");
    return pool;
  } catch (error) {
    await pool.end();
    const { hostname, port, pathname } = new URL(options.url);
    const where = `${hostname || "localhost"}:${port || "5432"}${pathname}`;
    throw new Error(`the database of DATABASE_URL (${where}) cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

/** An unreachable host with several addresses gives an error without words, but with a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return error.message === "" ? code : error.message;
}
