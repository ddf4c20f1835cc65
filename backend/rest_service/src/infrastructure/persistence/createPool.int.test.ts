import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/testDatabase.ts";
import { silentLogger } from "../../testing/silentLogger.ts";
import { createPool, PoolFullError, WAITING_PER_CONNECTION } from "./createPool.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a full pool lets a bounded number wait, refuses more at once, and serves those who waited", async () => {
  const pool = createPool({ url: database.url, applicationName: "test", logger: silentLogger, max: 1 });
  const holder = await pool.connect();
  const waiting = Array.from({ length: WAITING_PER_CONNECTION }, () => pool.query("select 1"));
  expect(await pool.query("select 1").catch((error: unknown) => error)).toBeInstanceOf(PoolFullError);
  expect(await pool.connect().catch((error: unknown) => error)).toBeInstanceOf(PoolFullError);
  expect(pool.waitingCount).toBe(WAITING_PER_CONNECTION);
  holder.release();
  expect((await Promise.all(waiting)).map(({ rowCount }) => rowCount)).toEqual(waiting.map(() => 1));
  expect((await pool.query("select 1")).rowCount).toBe(1);
  await pool.end();
});
