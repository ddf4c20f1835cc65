import type pg from "pg";
import { createTestDatabase } from "../../../../tests/support/testDatabase.ts";
import { createPool } from "../infrastructure/persistence/createPool.ts";
import { migrate } from "../infrastructure/persistence/migrate.ts";
import { silentLogger } from "./silentLogger.ts";

export type TestMarketplace = { readonly url: string; readonly pool: pg.Pool; close(): Promise<void> };

/** A database of its own, migrated, with a pool. Close it in `afterAll`. */
export async function createTestMarketplace(): Promise<TestMarketplace> {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.url, applicationName: "test", max: 12, logger: silentLogger });
  await migrate(pool);
  return {
    url: database.url,
    pool,
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
