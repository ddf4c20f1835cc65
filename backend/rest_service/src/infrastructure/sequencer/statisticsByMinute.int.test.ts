import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { isCounted, type OrderStatus } from "@espigon/event_contracts";
import { memoryBroker } from "@espigon/event_feed";
import fc from "fast-check";
import { dumpRollups } from "../../testing/dumpRollups.ts";
import { type Marketplace, openMarketplace } from "../../testing/randomMarketplace.ts";
import { seededRandom } from "../../testing/seededRandom.ts";
import { startTestSequencing } from "../../testing/startTestSequencing.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { writeRandomly } from "../../testing/writeRandomly.ts";
import { inSnapshot } from "../persistence/inSnapshot.ts";
import { migrate } from "../persistence/migrate.ts";
import { createStatisticsReader } from "../persistence/statisticsReader.ts";
import { readHead } from "./eventLog.ts";
import { verifyStatistics } from "./verifyStatistics.ts";

setDefaultTimeout(120_000);

let database: TestMarketplace;
let marketplace: Marketplace;

beforeAll(async () => {
  database = await createTestMarketplace();
  marketplace = await openMarketplace(database.pool, { sellers: 4, clients: 5 });
  const sequencing = startTestSequencing(database, memoryBroker());
  await writeRandomly({ ...database, marketplace, random: seededRandom(7), steps: 400 }, sequencing.committed);
  const pending = "select from outbox_pending limit 1";
  await waitUntil("the outbox is empty", async () => (await database.pool.query(pending)).rowCount === 0);
  await sequencing.stop();
});
afterAll(() => database.close());

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
  const kept = await dumpRollups(database.pool);
  await database.pool.query(`
    drop table stats_seller_minute, stats_minute;
    alter table event_head drop column minutes_seq;
    delete from kysely_migration where name = '0008_statistics_by_minute'`);
  expect(await migrate(database.pool)).toEqual(["0008_statistics_by_minute"]);
  expect(await dumpRollups(database.pool)).toEqual(kept);
  const { rows } = await database.pool.query<{ minutes: number }>(
    "select count(*) as minutes from stats_seller_minute",
  );
  expect(rows[0]?.minutes).toBeGreaterThan(100);
  expect((await inSnapshot(database.pool, verifyStatistics)).differences).toEqual([]);
});

test("a sequencer of the version before cannot move the head, since it would not keep the minutes", async () => {
  const head = await readHead(database.pool);
  const moved = database.pool.query("update event_head set seq = seq + 1").catch((error: unknown) => String(error));
  expect(await moved).toContain("check constraint");
  expect(await readHead(database.pool)).toBe(head);
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
