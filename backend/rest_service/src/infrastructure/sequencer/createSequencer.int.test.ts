import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createLogger, type Logger } from "@espigon/service_kit";
import { Registry } from "prom-client";
import { silentLogger } from "../../testing/silentLogger.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { createSequencerMetrics } from "./sequencerMetrics.ts";
import { type Sequencing, startSequencing } from "./startSequencing.ts";

setDefaultTimeout(60_000);

let database: TestMarketplace;
const running: Sequencing[] = [];

beforeAll(async () => {
  database = await createTestMarketplace();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sequencing) => sequencing.stop()));
  await database.pool.query(
    `truncate outbox_pending, event_log, stats_day, stats_minute, stats_client_day, stats_day_status;
     update event_head set seq = 0, minutes_seq = 0`,
  );
});
afterAll(() => database.close());

test("a leader that is killed in the middle of a batch has done none of it, and the next does all of it once", async () => {
  await register(3);
  const blocker = await database.pool.connect();
  await blocker.query("begin");
  await blocker.query("select from event_head for update");
  const { metrics } = start();
  await waitUntil("the batch waits for the head", async () => (await waiting()).length === 1);
  await register(2);
  await database.pool.query("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [await waiting()]);
  await blocker.query("commit");
  blocker.release();
  await waitUntil("all are numbered", async () => (await log()).length === 5);
  expect((await log()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  expect(await newClients()).toBe(5);
  expect((await metrics.failures.get()).values[0]?.value).toBeGreaterThan(0);
});

test("a leader that has worked since its last error waits no longer before the next term than at the first", async () => {
  const pauses: unknown[] = [];
  const logger = createLogger("test", "silent");
  logger.error = (details: { retry_ms?: number }) => void pauses.push(details.retry_ms);
  const { broker } = start(memoryBroker(), logger);
  for (const term of [1, 2, 3]) {
    await register(1);
    await waitUntil("it has worked", async () => (await broker.lastSeq()) === term);
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'espigon sequencer' and datname = current_database()`,
    );
    await waitUntil("the term has ended", () => pauses.length === term);
  }
  expect(pauses).toEqual([100, 100, 100]);
});

test("an event of an unknown type and one that does not fit are numbered, skipped and counted", async () => {
  await append("FISH_ESCAPED", "2026-11-24", {});
  await append("CLIENT_REGISTERED", "2026-11-24", { user_id: -1 });
  await register(1);
  const { broker, metrics } = start();
  await waitUntil("all are published", async () => (await broker.lastSeq()) === 3);
  expect(await newClients()).toBe(1);
  expect((await metrics.skipped.get()).values[0]?.value).toBe(2);
  expect((await broker.readAfter(0, 9)).map(({ notifications }) => notifications.length)).toEqual([0, 0, 2]);
});

test("an event whose figures the database refuses is numbered and left out alone", async () => {
  await register(4);
  await append("ORDER_CREATED", "2026-11-24", {
    from: null,
    to: "pending_payment",
    version: 1,
    order_day: "2026-02-31",
    totals: { subtotal: 1, tax: 0, total: 1 },
    items: [],
  });
  await register(4);
  const { broker, metrics } = start();
  await waitUntil("all are published", async () => (await broker.lastSeq()) === 9);
  expect(await newClients()).toBe(8);
  expect((await log()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect((await metrics.skipped.get()).values[0]?.value).toBe(1);
});

test("two leaders at once cannot number an event twice: the head refuses the one that is behind", async () => {
  const { sequencing, metrics } = start();
  await waitUntil("it leads", sequencing.isLeading);
  await database.pool.query("update event_head set seq = 10, minutes_seq = 10");
  await register(1);
  sequencing.committed();
  await waitUntil("a new term has begun", async () => (await log()).length === 1);
  expect((await log()).map(({ seq }) => seq)).toEqual([11]);
  expect((await metrics.failures.get()).values[0]?.value).toBe(1);
});

test("the lock passes to the other instance as soon as the leader stops", async () => {
  const broker = memoryBroker();
  const first = start(broker).sequencing;
  await waitUntil("the first leads", first.isLeading);
  const second = start(broker).sequencing;
  await register(1);
  second.committed();
  await waitUntil("the first has numbered it", async () => (await broker.lastSeq()) === 1);
  expect(second.isLeading()).toBe(false);
  await first.stop();
  await waitUntil("the second leads", second.isLeading);
  await register(1);
  second.committed();
  await waitUntil("the second has numbered it", async () => (await broker.lastSeq()) === 2);
});

test("an open transaction elsewhere holds nothing up", async () => {
  const elsewhere = await database.pool.connect();
  await elsewhere.query("begin");
  await elsewhere.query(
    "insert into outbox_pending (type, actor, metadata, payload) values ('LATE', '{}', '{}', '{}')",
  );
  const { broker } = start();
  await register(2);
  await waitUntil("the others are published", async () => (await broker.lastSeq()) === 2);
  await elsewhere.query("commit");
  elsewhere.release();
  await waitUntil("it is published too", async () => (await broker.lastSeq()) === 3);
  expect((await log()).map(({ type }) => type)).toEqual(["CLIENT_REGISTERED", "CLIENT_REGISTERED", "LATE"]);
});

function start(broker: Broker = memoryBroker(), logger: Logger = silentLogger) {
  const metrics = createSequencerMetrics(new Registry());
  const { url: databaseUrl, pool } = database;
  const sequencing = startSequencing({ databaseUrl, pool, broker, window: 1_000, logger, metrics });
  running.push(sequencing);
  return { sequencing, broker, metrics };
}

async function register(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await append("CLIENT_REGISTERED", "2026-11-24", { user_id: "7" });
}

async function append(type: string, day: string, payload: object): Promise<void> {
  await database.pool.query(
    `insert into outbox_pending (type, day, actor, seller_id, client_id, order_id, metadata, payload)
      values ($1, $2, '{"role": "SYSTEM"}', 1, 7, 9, '{"action": "client_registered"}', $3)`,
    [type, day, payload],
  );
}

async function log(): Promise<readonly { seq: number; type: string }[]> {
  const { rows } = await database.pool.query<{ seq: number; type: string }>(
    "select seq, type from event_log order by seq",
  );
  return rows;
}

async function newClients(): Promise<number> {
  const { rows } = await database.pool.query<{ new_clients: number }>("select new_clients from stats_day");
  return rows[0]?.new_clients ?? 0;
}

/** The sequencer's backends that wait for a lock. */
async function waiting(): Promise<readonly number[]> {
  const { rows } = await database.pool.query<{ pid: number }>(
    `select pid from pg_stat_activity
      where application_name = 'espigon sequencer' and datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.map(({ pid }) => pid);
}
