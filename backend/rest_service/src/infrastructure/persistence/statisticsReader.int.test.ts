import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { openMarketplace } from "../../testing/randomMarketplace.ts";
import { createStatisticsReader } from "./statisticsReader.ts";

setDefaultTimeout(60_000);

const NOVEMBER = { from: "2026-11-01", to: "2026-11-30" };
let database: TestMarketplace;

beforeAll(async () => {
  database = await createTestMarketplace();
  await openMarketplace(database.pool, { sellers: 5, clients: 4 });
  await database.pool.query(`
    update event_head set seq = 42, minutes_seq = 42;
    insert into stats_seller_day (seller_id, day, orders, paid_orders, net_sales, units, cancelled) values
      (1, '2026-10-31', 5, 5, 500, 5, 0), (1, '2026-11-30', 2, 1, 900, 4, 0), (1, '2026-11-01', 3, 2, 100, 2, 1),
      (1, '2026-12-01', 7, 7, 700, 7, 0), (2, '2026-11-02', 1, 0, 0, 0, 0), (3, '2026-11-02', 0, -1, -50, -1, 1),
      (5, '2026-11-02', 1, 0, 30, 0, 0), (4, '2026-11-02', 0, 1, 30, 1, 0);
    insert into stats_day (day, orders, paid_orders, net_sales, units, cancelled, new_clients) values
      ('2026-10-31', 5, 5, 500, 5, 0, 2), ('2026-11-02', 1, -1, -50, -1, 1, 1), ('2026-11-01', 3, 2, 100, 2, 1, 0);
    insert into stats_seller_day_status values
      (1, '2026-11-01', 'delivered', 2), (1, '2026-11-01', 'cancelled', 1), (1, '2026-11-01', 'preparing', 0),
      (2, '2026-11-02', 'payment_submitted', 1);
    insert into stats_day_status values ('2026-11-01', 'delivered', 2), ('2026-11-02', 'payment_submitted', 1);
    insert into stats_seller_minute (seller_id, day, minute, orders, paid_orders, net_sales, units, cancelled) values
      (1, '2026-11-01', '2026-11-01T05:00Z', 1, 0, 0, 0, 0), (1, '2026-11-01', '2026-11-01T15:09Z', 1, 2, 100, 2, 0),
      (1, '2026-11-01', '2026-11-01T15:10Z', 1, 0, 0, 0, 1), (2, '2026-11-01', '2026-11-01T06:00Z', 9, 9, 9, 9, 9),
      (1, '2026-10-31', '2026-10-31T20:00Z', 8, 8, 8, 8, 8), (1, '2026-11-01', '2026-11-02T04:58Z', 1, 0, 0, 0, 0);
    insert into stats_minute (day, minute, orders, net_sales, new_clients) values
      ('2026-11-01', '2026-11-02T04:58Z', 3, 100, 4), ('2026-11-01', '2026-11-01T12:00Z', 1, 10, 2),
      ('2026-10-31', '2026-11-01T04:59Z', 8, 8, 8), ('2026-11-01', '2026-11-02T04:59Z', 0, 0, 1),
      ('2026-11-02', '2026-11-02T05:00Z', 1, 5, 1);
    insert into stats_product_day (seller_id, day, product_id, units, net_sales) values
      (1, '2026-11-01', 1, 2, 100), (1, '2026-11-30', 2, 4, 900), (1, '2026-11-02', 1, 3, 300),
      (1, '2026-11-02', 3, 1, 10), (1, '2026-11-03', 3, -1, -10), (2, '2026-11-02', 4, 9, 999),
      (2, '2026-11-02', 6, 3, -20), (2, '2026-11-02', 5, 0, -20);
    insert into stats_client_day (client_id, day, paid_orders, net_sales) values
      (1, '2026-11-01', 1, 100), (1, '2026-11-02', 1, 200), (2, '2026-10-01', 1, 50), (2, '2026-11-03', 1, 900),
      (3, '2026-11-03', -1, -10),
      (4, '2026-10-02', -1, -10), (4, '2026-11-04', 1, 300);
    insert into orders (seller_id, client_id, status, subtotal, tax, total, status_at) values
      (1, 1, 'payment_submitted', 1, 0, 1, '2026-09-01T10:00:00Z'), (1, 1, 'payment_submitted', 1, 0, 1, now()),
      (2, 1, 'payment_submitted', 1, 0, 1, '2026-08-01T10:00:00Z'), (1, 1, 'delivered', 1, 0, 1, '2026-01-01');
    update products set stock = 5 where id = 1;
    update products set stock = 0, deleted_at = now() where id = 2;
  `);
});
afterAll(() => database.close());

test("a seller's days are those of the period, ascending, with what waits and what runs low now", async () => {
  expect(await createStatisticsReader(database.pool).sellerDays("1", NOVEMBER)).toEqual({
    as_of: 42,
    days: [
      { day: "2026-11-01", orders: 3, paid_orders: 2, net_sales: 100, units: 2, cancelled: 1 },
      { day: "2026-11-30", orders: 2, paid_orders: 1, net_sales: 900, units: 4, cancelled: 0 },
    ],
    status_days: [
      { day: "2026-11-01", status: "cancelled", orders: 1 },
      { day: "2026-11-01", status: "delivered", orders: 2 },
    ],
    pending_verification: { count: 2, oldest_at: "2026-09-01T10:00:00.000Z" },
    low_stock: 1,
  });
});

test("a part of a day is what came before its minute, for one seller and for the market", async () => {
  const reader = createStatisticsReader(database.pool);
  const { part } = await reader.sellerDays("1", { ...NOVEMBER, part_until: "2026-11-01T15:10:59.999Z" });
  expect(part).toEqual({ day: "2026-11-01", orders: 2, paid_orders: 2, net_sales: 100, units: 2, cancelled: 0 });
  const market = await reader.marketDays({ ...NOVEMBER, part_until: "2026-11-02T04:59:00.000Z" });
  expect(market.part).toMatchObject({ day: "2026-11-01", orders: 4, net_sales: 110, new_clients: 6 });
  const late = await reader.sellerDays("1", { ...NOVEMBER, part_until: "2026-11-02T04:59:00.000Z" });
  expect(late.part).toMatchObject({ day: "2026-11-01", orders: 4, cancelled: 1 });
  const early = await reader.sellerDays("999", { ...NOVEMBER, part_until: "2026-11-02T05:00:00.000Z" });
  expect(early.part).toMatchObject({ day: "2026-11-02", orders: 0, net_sales: 0 });
});

test("a seller without anything has empty days and zeros", async () => {
  expect(await createStatisticsReader(database.pool).sellerDays("999", NOVEMBER)).toEqual({
    as_of: 42,
    days: [],
    status_days: [],
    pending_verification: { count: 0, oldest_at: null },
    low_stock: 0,
  });
});

test("a seller's products come best first, without those that came to nothing", async () => {
  const reader = createStatisticsReader(database.pool);
  expect(await reader.sellerProducts("1", NOVEMBER, 10)).toEqual({
    as_of: 42,
    products: [
      { product_id: "2", name: "Product 2", unit: "libra", units: 4, net_sales: 900 },
      { product_id: "1", name: "Product 1", unit: "libra", units: 5, net_sales: 400 },
    ],
  });
  expect((await reader.sellerProducts("1", NOVEMBER, 1)).products).toHaveLength(1);
  const { products } = await reader.sellerProducts("2", NOVEMBER, 10);
  expect(products.map(({ product_id, units, net_sales }) => [product_id, units, net_sales])).toEqual([
    ["4", 9, 999],
    ["5", 0, -20],
    ["6", 3, -20],
  ]);
});

test("the market's days carry the new clients", async () => {
  expect(await createStatisticsReader(database.pool).marketDays(NOVEMBER)).toEqual({
    as_of: 42,
    days: [
      { day: "2026-11-01", orders: 3, paid_orders: 2, net_sales: 100, units: 2, cancelled: 1, new_clients: 0 },
      { day: "2026-11-02", orders: 1, paid_orders: -1, net_sales: -50, units: -1, cancelled: 1, new_clients: 1 },
    ],
    status_days: [
      { day: "2026-11-01", status: "delivered", orders: 2 },
      { day: "2026-11-02", status: "payment_submitted", orders: 1 },
    ],
    pending_verification: { count: 3, oldest_at: "2026-08-01T10:00:00.000Z" },
  });
});

test("sellers are active with an order placed or paid, and all of them are counted, however few are listed", async () => {
  const reader = createStatisticsReader(database.pool);
  expect(await reader.topSellers(NOVEMBER, 2)).toEqual({
    as_of: 42,
    active_sellers: 4,
    sellers: [
      { seller_id: "1", name: "Seller 1", orders: 5, net_sales: 1000 },
      { seller_id: "4", name: "Seller 4", orders: 0, net_sales: 30 },
    ],
  });
  const { sellers } = await reader.topSellers(NOVEMBER, 10);
  expect(sellers.map(({ seller_id }) => seller_id)).toEqual(["1", "4", "5", "2"]);
});

test("clients return when they had bought before the period, other than what was cancelled", async () => {
  expect(await createStatisticsReader(database.pool).clientActivity(NOVEMBER, 10)).toEqual({
    as_of: 42,
    total_clients: 3,
    active_clients: 3,
    returning_clients: 1,
    clients: [
      { client_id: "2", name: "Client 2", paid_orders: 1, net_sales: 900 },
      { client_id: "1", name: "Client 1", paid_orders: 2, net_sales: 300 },
      { client_id: "4", name: "Client 4", paid_orders: 1, net_sales: 300 },
    ],
    days: [{ day: "2026-11-02", new_clients: 1 }],
  });
  const { clients } = await createStatisticsReader(database.pool).clientActivity(NOVEMBER, 2);
  expect(clients.map(({ client_id }) => client_id)).toEqual(["2", "1"]);
});
