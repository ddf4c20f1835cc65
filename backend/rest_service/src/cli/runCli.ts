import { createLogger, parseConfig } from "@espigon/service_kit";
import type pg from "pg";
import { RestConfig } from "../config.ts";
import { openDatabase } from "../infrastructure/persistence/openDatabase.ts";

/** An expected end of a command: its message is all that the operator has to read. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/**
 * Runs a command on the database of `DATABASE_URL`, without a limit on the time of a statement. A failure prints one
 * line and exits 1.
 */
export async function runCli(name: string, work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  try {
    const config = parseConfig(RestConfig.pick({ DATABASE_URL: true, LOG_LEVEL: true }), process.env);
    const pool = await openDatabase({
      url: config.DATABASE_URL,
      applicationName: `espigon ${name}`,
      max: 2,
      statementTimeoutMs: 0,
      logger: createLogger(name, config.LOG_LEVEL),
    });
    try {
      await work(pool);
    } finally {
      await pool.end();
    }
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
