import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createTestDatabase, type TestDatabase } from "../../../../../tests/support/testDatabase.ts";
import { silentLogger } from "../../testing/silentLogger.ts";
import { createPool } from "./createPool.ts";
import { migrate } from "./migrate.ts";
import { openDatabase } from "./openDatabase.ts";

setDefaultTimeout(60_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("instances that start at once migrate once, and a later start changes nothing", async () => {
  const pool = createPool({ url: database.url, applicationName: "test", max: 4, logger: silentLogger });
  try {
    const applied = await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
    expect(applied.flat().slice(0, 2)).toEqual(["0001_marketplace", "0002_event_log"]);
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await migrate(pool)).toEqual([]);
  } finally {
    await pool.end();
  }
});

test("a lost connection, idle or in use, fails its query and is replaced, and the process lives on", async () => {
  const pool = createPool({ url: database.url, applicationName: "to be lost", max: 2, logger: silentLogger });
  const killer = createPool({ url: database.url, applicationName: "killer", max: 1, logger: silentLogger });
  const kill = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to be lost'";
  try {
    const client = await pool.connect();
    const sleeping = client.query("select pg_sleep(60)").then(
      () => "finished",
      () => "failed",
    );
    await killer.query(kill);
    expect(await sleeping).toBe("failed");
    client.release(true);
    await pool.query("select 1");
    await killer.query(kill);
    const answers = await Promise.allSettled([pool.query("select 1"), pool.query("select 1")]);
    expect(answers).toHaveLength(2);
    expect((await pool.query<{ one: number }>("select 1 as one")).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
    await killer.end();
  }
});

test("values come back as numbers, days and dates, and a number that is too big is refused", async () => {
  const pool = createPool({ url: database.url, applicationName: "test", max: 1, logger: silentLogger });
  try {
    const { rows } = await pool.query(
      "select 9007199254740991::bigint as big, date '2026-11-24' as day, '{}'::jsonb as json",
    );
    expect(rows).toEqual([{ big: Number.MAX_SAFE_INTEGER, day: "2026-11-24", json: {} }]);
    const tooBig = pool.query("select 9007199254740992::bigint as big");
    expect(await tooBig.catch((error: unknown) => String(error))).toContain("does not fit");
  } finally {
    await pool.end();
  }
});

test.each([
  ["no such database", (url: URL) => (url.pathname = "/nowhere"), /\/nowhere\) cannot be used: .*does not exist/],
  ["nobody listens", (url: URL) => (url.port = "1"), /:1\/.*\) cannot be used: .*ECONNREFUSED/],
])("%s: one line that says which database, without the password", async (_, spoil, wanted) => {
  const url = new URL(database.url);
  // A server that trusts takes any password; the one that `npm test` starts wants the right one.
  url.password ||= "quite-secret";
  spoil(url);
  const opened = openDatabase({ url: url.href, applicationName: "test", max: 1, logger: silentLogger });
  const message = await opened.then(
    () => "it opened",
    (error: Error) => error.message,
  );
  expect(message).toMatch(wanted);
  expect(message).not.toContain(url.password);
  expect(message).not.toContain("\n");
});
