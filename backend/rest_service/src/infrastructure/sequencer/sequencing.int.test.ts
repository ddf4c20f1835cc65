import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { isCounted, type OrderStatus } from "@espigon/event_contracts";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import fc from "fast-check";
import { Registry } from "prom-client";
import { changeSomething, type Marketplace, openMarketplace } from "../../testing/randomMarketplace.ts";
import { type Random, seededRandom } from "../../testing/seededRandom.ts";
import { silentLogger } from "../../testing/silentLogger.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { inSnapshot } from "../persistence/inSnapshot.ts";
import { migrate } from "../persistence/migrate.ts";
import { createStatisticsReader } from "../persistence/statisticsReader.ts";
import { createStatsEventClient } from "../clients/statsEventClient.ts";
import { readHead, readLog } from "./eventLog.ts";
import { rebuildStatistics } from "./rebuildStatistics.ts";
import { ROLLUP_NAMES, keyColumns } from "./rollups.ts";
import { createSequencerMetrics } from "./sequencerMetrics.ts";
import { type Sequencing, startSequencing } from "./startSequencing.ts";
import { verifyStatistics } from "./verifyStatistics.ts";

setDefaultTimeout(120_000);

const WRITERS = 6;
const STEPS = 40;

let database: TestMarketplace;
let marketplace: Marketplace;

beforeAll(async () => {
  database = await createTestMarketplace();
  marketplace = await openMarketplace(database.pool, { sellers: 4, clients: 5 });
});
afterAll(() => database.close());

test("log, statistics and stream are exactly what was committed, under rollbacks, rivals, kills and a long transaction", async () => {
  const broker = memoryBroker();
  const committed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const rivals = [startOne(broker), startOne(broker)];
      const over = new AbortController();
      const long = await database.pool.connect();
      await long.query("begin");
      await long.query("insert into idempotency_keys values ($1, 'long', $2, '')", [marketplace.clients[0], `${seed}`]);
      const faults = [killLeaders(seededRandom(seed), over.signal), verifyAllAlong(over.signal)];
      try {
        const writers = Array.from({ length: WRITERS }, (_, index) =>
          write(seededRandom(seed + index), rivals[index % 2], committed),
        );
        await Promise.all(writers);
        over.abort();
        await Promise.all(faults);
        await settled(broker);
        await expectAllToAgree(broker, committed);
      } finally {
        over.abort();
        await long.query("rollback");
        long.release();
        await Promise.all(rivals.map((rival) => rival.stop()));
      }
    }),
    { numRuns: 3 },
  );
});

test("a rebuild gives what the sequencer kept, bit for bit, while it goes on", async () => {
  const sequencing = startOne(memoryBroker());
  const client = await database.pool.connect();
  try {
    await waitUntil("the outbox is empty", outboxIsEmpty);
    const live = await dump();
    const writing = write(seededRandom(7), sequencing, new Set());
    await rebuildStatistics(client);
    await writing;
    await waitUntil("the outbox is empty", outboxIsEmpty);
    const goneOn = await dump();
    await client.query("truncate stats_seller_day, stats_product_day");
    await rebuildStatistics(client);
    expect(await dump()).toEqual(goneOn);
    expect(goneOn).not.toEqual(live);
    expect((await verify()).differences).toEqual([]);
  } finally {
    client.release();
    await sequencing.stop();
  }
});

test("whatever the instant, the part of its day is what the orders say of that day until then", async () => {
  const reader = createStatisticsReader(database.pool);
  const minuteOfNovember = fc.integer({ min: -600, max: 30 * 1440 + 600 });
  await fc.assert(
    fc.asyncProperty(minuteOfNovember, fc.constantFrom(...marketplace.sellers), async (minute, seller) => {
      const until = new Date(Date.UTC(2026, 10, 1) + minute * 60_000).toISOString();
      const query = { from: "2026-11-01", to: "2026-11-01", part_until: until };
      const [own, all] = [await reader.sellerDays(`${seller}`, query), await reader.marketDays(query)];
      expect(own.part).toMatchObject(await recount(until, seller));
      expect(all.part).toMatchObject(await recount(until));
    }),
    { numRuns: 60 },
  );
});

test("a database of the version before is filled with the minutes of its log when it is migrated", async () => {
  const kept = await dump();
  await database.pool.query(`
    drop table stats_seller_minute, stats_minute;
    alter table event_head drop column minutes_seq;
    delete from kysely_migration where name = '0008_statistics_by_minute'`);
  expect(await migrate(database.pool)).toEqual(["0008_statistics_by_minute"]);
  expect(await dump()).toEqual(kept);
  const { rows } = await database.pool.query<{ minutes: number }>(
    "select count(*) as minutes from stats_seller_minute",
  );
  expect(rows[0]?.minutes).toBeGreaterThan(100);
  expect((await verify()).differences).toEqual([]);
});

test("a sequencer of the version before cannot move the head, since it would not keep the minutes", async () => {
  const head = await readHead(database.pool);
  const moved = database.pool.query("update event_head set seq = seq + 1").catch((error: unknown) => String(error));
  expect(await moved).toContain("check constraint");
  expect(await readHead(database.pool)).toBe(head);
});

test("verification finds a figure that was tampered with", async () => {
  await database.pool.query("update stats_day set net_sales = net_sales + 1 where day = '2026-11-10'");
  const { differences } = await verify();
  await database.pool.query("update stats_day set net_sales = net_sales - 1 where day = '2026-11-10'");
  expect(differences).toMatchObject([{ rollup: "stats_day", key: { day: "2026-11-10" }, column: "net_sales" }]);
  expect(differences.map(({ expected, found }) => found - expected)).toEqual([1]);
});

/** A day's figures from orders and their history alone, one change at a time. */
async function recount(until: string, seller?: number) {
  const { rows } = await database.pool.query<{
    seller_id: number;
    version: number;
    status: OrderStatus;
    before: OrderStatus | null;
    subtotal: number;
    units: number;
  }>(
    `select * from (
      select seller_id, order_history.version, order_history.status, at, subtotal,
        lag(order_history.status) over (partition by order_id order by order_history.version) as before,
        (select sum(quantity) from order_items where order_id = orders.id)::int as units
      from order_history join orders on orders.id = order_id) step
      where at >= (($1::timestamptz at time zone 'America/Guayaquil')::date)::timestamp at time zone 'America/Guayaquil'
        and at < $1`,
    [until],
  );
  const sums = { orders: 0, paid_orders: 0, net_sales: 0, units: 0, cancelled: 0 };
  for (const step of rows.filter(({ seller_id }) => seller === undefined || seller_id === seller)) {
    const sign = Number(isCounted(step.status)) - Number(isCounted(step.before));
    sums.orders += Number(step.version === 1);
    sums.paid_orders += sign;
    sums.net_sales += sign * step.subtotal;
    sums.units += sign * step.units;
    sums.cancelled += Number(["cancelled", "expired"].includes(step.status));
  }
  return sums;
}

function startOne(broker: Broker): Sequencing {
  return startSequencing({
    databaseUrl: database.url,
    pool: database.pool,
    broker,
    window: 100_000,
    logger: silentLogger,
    metrics: createSequencerMetrics(new Registry()),
  });
}

/** One writer: transactions with pauses in them, of which some are rolled back. */
async function write(random: Random, sequencing: Sequencing | undefined, committed: Set<string>): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    const client = await database.pool.connect();
    try {
      await client.query("begin");
      const changes = [await changeSomething(client, marketplace, random)];
      if (random.next(3) === 0) await Bun.sleep(random.next(15));
      if (random.next(4) === 0) changes.push(await changeSomething(client, marketplace, random));
      const keep = random.next(5) !== 0;
      await client.query(keep ? "commit" : "rollback");
      for (const change of keep ? changes : []) if (change !== undefined) committed.add(change);
      sequencing?.committed();
    } catch (error) {
      await client.query("rollback");
      if (!(error instanceof Error && "code" in error && error.code === "40P01")) throw error;
    } finally {
      client.release();
    }
  }
}

async function killLeaders(random: Random, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await Bun.sleep(10 + random.next(90));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'espigon sequencer' and datname = current_database() and $1`,
      [random.next(2) === 0],
    );
  }
}

/** In any snapshot the rollups and the outbox together are what the orders say. */
async function verifyAllAlong(over: AbortSignal): Promise<void> {
  while (!over.aborted) expect((await verify()).differences).toEqual([]);
}

function verify() {
  return inSnapshot(database.pool, verifyStatistics);
}

async function outboxIsEmpty(): Promise<boolean> {
  const { rows } = await database.pool.query("select from outbox_pending limit 1");
  return rows.length === 0;
}

async function settled(broker: Broker): Promise<void> {
  await waitUntil("the outbox is empty", outboxIsEmpty);
  await waitUntil(
    "the stream reaches the head",
    async () => (await broker.lastSeq()) === (await readHead(database.pool)),
  );
}

async function expectAllToAgree(broker: Broker, committed: ReadonlySet<string>): Promise<void> {
  const { rows: log } = await database.pool.query<{ seq: number; order_id: number | null; version: number | null }>(
    "select seq, order_id, (payload ->> 'version')::int as version from event_log order by seq",
  );
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  expect(await readHead(database.pool)).toBe(log.length);

  const steps = log.filter(({ order_id }) => order_id !== null);
  expect(steps.map(({ order_id, version }) => `${order_id}:${version}`).sort()).toEqual([...committed].sort());
  const reached = new Map<number | null, number>();
  for (const { order_id, version } of steps) {
    expect(version).toBe((reached.get(order_id) ?? 0) + 1);
    reached.set(order_id, version ?? 0);
  }

  expect((await verify()).differences).toEqual([]);

  const replica = memoryBroker();
  await createStatsEventClient(replica).publishEvents(await readLog(database.pool, 0, log.length));
  expect(await broker.readAfter(0, log.length)).toEqual(await replica.readAfter(0, log.length));
}

async function dump(): Promise<unknown> {
  const tables = ROLLUP_NAMES.map(async (rollup) => {
    const { rows } = await database.pool.query(`select * from ${rollup} order by ${keyColumns(rollup).join(", ")}`);
    return [rollup, rows];
  });
  return Promise.all(tables);
}
