import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import fc from "fast-check";
import { dumpRollups } from "../../testing/dumpRollups.ts";
import { type Marketplace, openMarketplace } from "../../testing/randomMarketplace.ts";
import { type Random, seededRandom } from "../../testing/seededRandom.ts";
import { startTestSequencing } from "../../testing/startTestSequencing.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { writeRandomly } from "../../testing/writeRandomly.ts";
import { inSnapshot } from "../persistence/inSnapshot.ts";
import { createStatsEventClient } from "../clients/statsEventClient.ts";
import { readHead, readLog } from "./eventLog.ts";
import { rebuildStatistics } from "./rebuildStatistics.ts";
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
      const rivals = [startTestSequencing(database, broker), startTestSequencing(database, broker)];
      const over = new AbortController();
      const long = await database.pool.connect();
      await long.query("begin");
      await long.query("insert into idempotency_keys values ($1, 'long', $2, '')", [marketplace.clients[0], `${seed}`]);
      const faults = [killLeaders(seededRandom(seed), over.signal), verifyAllAlong(over.signal)];
      try {
        const writers = Array.from({ length: WRITERS }, (_, index) =>
          writeRandomly({ ...database, marketplace, random: seededRandom(seed + index), steps: STEPS }, (changes) => {
            for (const change of changes) committed.add(change);
            rivals[index % 2]?.committed();
          }),
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
  const sequencing = startTestSequencing(database, memoryBroker());
  const client = await database.pool.connect();
  try {
    await waitUntil("the outbox is empty", outboxIsEmpty);
    const live = await dumpRollups(database.pool);
    const writing = writeRandomly(
      { ...database, marketplace, random: seededRandom(7), steps: STEPS },
      sequencing.committed,
    );
    await rebuildStatistics(client);
    await writing;
    await waitUntil("the outbox is empty", outboxIsEmpty);
    const goneOn = await dumpRollups(database.pool);
    await client.query("truncate stats_seller_day, stats_product_day");
    await rebuildStatistics(client);
    expect(await dumpRollups(database.pool)).toEqual(goneOn);
    expect(goneOn).not.toEqual(live);
    expect((await verify()).differences).toEqual([]);
  } finally {
    client.release();
    await sequencing.stop();
  }
});

test("verification finds a figure that was tampered with", async () => {
  await database.pool.query("update stats_day set net_sales = net_sales + 1 where day = '2026-11-10'");
  const { differences } = await verify();
  await database.pool.query("update stats_day set net_sales = net_sales - 1 where day = '2026-11-10'");
  expect(differences).toMatchObject([{ rollup: "stats_day", key: { day: "2026-11-10" }, column: "net_sales" }]);
  expect(differences.map(({ expected, found }) => found - expected)).toEqual([1]);
});

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
