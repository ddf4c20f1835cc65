import { afterEach, beforeEach, expect, test } from "bun:test";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { rebuildStatistics } from "./rebuildStatistics.ts";

let database: TestMarketplace;
beforeEach(async () => {
  database = await createTestMarketplace();
});
afterEach(() => database.close());

const LOG = `insert into event_log (seq, type, at, day, actor, client_id, metadata, payload)
  values ($1, 'CLIENT_REGISTERED', now(), '2026-11-24', '{"role": "SYSTEM"}', 7, '{"action": "client_registered"}',
    '{"user_id": "7"}')`;
const COUNT = `insert into stats_day (day, new_clients) values ('2026-11-24', 1)
  on conflict (day) do update set new_clients = stats_day.new_clients + 1`;

async function newClients(): Promise<unknown> {
  return (await database.pool.query<{ new_clients: number }>("select new_clients from stats_day")).rows[0]?.new_clients;
}

test("a rebuild waits for a batch that is being written, and has it", async () => {
  const { pool } = database;
  const [sequencer, rebuilder] = [await pool.connect(), await pool.connect()];
  await pool.query(LOG, [1]);
  await pool.query(COUNT);
  await pool.query("update event_head set seq = 1, minutes_seq = 1");
  await sequencer.query("begin");
  await sequencer.query(LOG, [2]);
  await sequencer.query(COUNT);
  await sequencer.query("update event_head set seq = 2, minutes_seq = 2");
  const rebuilt = rebuildStatistics(rebuilder);
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await waitUntil("the rebuild waits", async () => (await pool.query(waiting)).rowCount === 1);
  await sequencer.query("commit");
  expect([await rebuilt, await newClients()]).toEqual([2, 2]);
  for (const client of [sequencer, rebuilder]) client.release();
});

test("a log with a hole is refused, and the statistics stay", async () => {
  const { pool } = database;
  for (const seq of [1, 3]) await pool.query(LOG, [seq]);
  await pool.query(COUNT);
  await pool.query("update event_head set seq = 3, minutes_seq = 3");
  const client = await pool.connect();
  expect(await rebuildStatistics(client).catch(String)).toContain("not complete");
  expect(await newClients()).toBe(1);
  client.release();
});
