import pg from "pg";
import { StartFault } from "./StartFault.ts";

const CONNECT_MS = 5_000;

/**
 * Tries a connection string that the operator gave.
 * @throws StartFault with host, database and reason, and without the password.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new StartFault(`DATABASE_URL does not work (${host}${pathname}): ${reasonOf(error)}`, { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return (error.message || code || "no answer").split("\n")[0] ?? "no answer";
}
