import { describe, expect, test } from "bun:test";
import { readAdminClients } from "./adminClients.ts";
import { readAdminDashboard } from "./adminDashboard.ts";
import { readAdminSales } from "./adminSales.ts";
import type { Comparison } from "./Comparison.ts";
import { type Period, previousPeriod } from "./Period.ts";
import type { DaysAnswer } from "./rows.ts";
import { readSellerDashboard } from "./sellerDashboard.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

const day = (name: string, orders: number) => ({
  day: name,
  orders,
  paid_orders: orders,
  net_sales: orders * 1000,
  units: orders * 2,
  cancelled: 0,
  new_clients: orders * 3,
});

/** A source whose snapshots get later with every read, and which remembers what was asked. */
function sourceOf(days: DaysAnswer["days"]) {
  const ranges: Period[] = [];
  let asOf = 10;
  const within = (range: Period) => days.filter((row) => range.from <= row.day && row.day <= range.to);
  const market = async (range: Period, until: string | null) => {
    ranges.push(range);
    asOf += 1;
    return {
      as_of: asOf,
      days: within(range),
      ...(until === null ? {} : { part: day(until.slice(0, 10), 1) }),
      status_days: [
        { day: "2026-03-01", status: "delivered" as const, orders: 5 },
        { day: "2026-03-10", status: "shipped" as const, orders: 2 },
      ],
      pending_verification: { count: 4, oldest_at: "2026-02-01T00:00:00Z" },
      low_stock: 7,
    };
  };
  const source: StatisticsSource = {
    sellerDays: (_sellerId, range, until) => market(range, until),
    days: market,
    sellerProducts: async () => ({ as_of: asOf, products: [] }),
    sellers: async () => ({ as_of: 3, active_sellers: 6, sellers: [] }),
    clients: async (range) => ({
      as_of: 5,
      total_clients: 100,
      active_clients: 20,
      returning_clients: 8,
      clients: [{ client_id: "9", name: "Ana", paid_orders: 2, net_sales: 900 }],
      days: within(range),
    }),
  };
  return { source, ranges };
}

const over = (period: Period): Comparison => ({ period, previous: previousPeriod(period), until: null });
const PERIOD = over({ from: "2026-03-08", to: "2026-03-14" });
const DAYS = [
  day("2026-02-28", 9),
  day("2026-03-01", 1),
  day("2026-03-07", 2),
  day("2026-03-08", 3),
  day("2026-03-14", 4),
];

describe("a seller's dashboard", () => {
  test("comes from one read that spans the previous period too", async () => {
    const { source, ranges } = sourceOf(DAYS);
    const { asOf, value } = await readSellerDashboard(source, "1", PERIOD);
    expect(ranges).toEqual([{ from: "2026-03-01", to: "2026-03-14" }]);
    expect(asOf).toBe(11);
    expect(value).toMatchObject({
      sellerId: "1",
      orders: 7,
      netSales: 7000,
      pendingVerification: 4,
      lowStock: 7,
      previous: { orders: 3, netSales: 3000 },
      ordersByStatus: [{ status: "shipped", count: 2 }],
    });
    expect(value.series).toHaveLength(7);
    expect(value.previousSeries.map((point) => point.orders)).toEqual([1, 0, 0, 0, 0, 0, 2]);
  });

  test("of a period too long for one read is as of the older of two snapshots", async () => {
    const { source, ranges } = sourceOf(DAYS);
    const period = over({ from: "2025-06-01", to: "2026-03-14" });
    const { asOf, value } = await readSellerDashboard(source, "1", period);
    expect(ranges).toHaveLength(2);
    expect(asOf).toBe(11);
    expect(value.orders).toBe(19);
  });
});

test("the administrator's dashboard is as of the older of its two reads", async () => {
  const { source } = sourceOf(DAYS);
  const { asOf, value } = await readAdminDashboard(source, PERIOD);
  expect(asOf).toBe(3);
  expect(value).toMatchObject({ orders: 7, newClients: 21, activeSellers: 6, previous: { orders: 3, newClients: 9 } });
});

test("sales have the points of both periods and their totals", async () => {
  const { source } = sourceOf(DAYS);
  const { value } = await readAdminSales(source, PERIOD, "WEEK");
  expect(value.points.map((point) => point.orders)).toEqual([3, 4]);
  expect(value.previousPoints.map((point) => point.orders)).toEqual([1, 2]);
  expect(value).toMatchObject({ totals: { netSales: 7000 }, previous: { netSales: 3000 } });
});

test("clients are compared with those who came in the period before", async () => {
  const { source, ranges } = sourceOf(DAYS);
  const { asOf, value } = await readAdminClients(source, PERIOD);
  expect(ranges).toEqual([{ from: "2026-03-01", to: "2026-03-07" }]);
  expect(asOf).toBe(5);
  expect(value).toMatchObject({ totalClients: 100, newClients: 21, previous: { newClients: 9 } });
  expect(value.series.map((point) => point.newClients)).toEqual([9, 0, 0, 0, 0, 0, 12]);
  expect(value.topClients).toEqual([{ clientId: "9", name: "Ana", orders: 2, netSales: 900 }]);
});

describe("a period that is not over", () => {
  const UNFINISHED: Comparison = {
    period: PERIOD.period,
    previous: { from: "2026-03-01", to: "2026-03-07" },
    until: "2026-03-07T15:00:00.000Z",
  };
  const comparedWith = { from: "2026-03-01", to: "2026-03-07", until: "2026-03-07T15:00:00.000Z" };

  test("is compared with the last day before up to this time, while the series keeps whole days", async () => {
    const seller = (await readSellerDashboard(sourceOf(DAYS).source, "1", UNFINISHED)).value;
    expect(seller).toMatchObject({ orders: 7, previous: { orders: 2, netSales: 2000 }, comparedWith });
    expect(seller.previousSeries.at(-1)).toMatchObject({ day: "2026-03-07", orders: 2 });
    const { source } = sourceOf(DAYS);
    const previous = { orders: 2, newClients: 6 };
    expect((await readAdminDashboard(source, UNFINISHED)).value).toMatchObject({ previous, comparedWith });
    expect((await readAdminSales(source, UNFINISHED, "DAY")).value).toMatchObject({
      previousPoints: [{ orders: 1 }, {}, {}, {}, {}, {}, { orders: 2 }],
      previous: { orders: 2 },
      comparedWith,
    });
    expect((await readAdminClients(source, UNFINISHED)).value).toMatchObject({ previous: { newClients: 6 } });
  });

  test("too long for one read is compared in the same way", async () => {
    const { source, ranges } = sourceOf([day("2025-05-20", 5), day("2025-05-31", 8), day("2026-03-14", 4)]);
    const previous = { from: "2024-08-18", to: "2025-05-31" };
    const period = { from: "2025-06-01", to: "2026-03-14" };
    const { value } = await readSellerDashboard(source, "1", { period, previous, until: "2025-05-31T12:00:00.000Z" });
    expect(ranges).toHaveLength(2);
    expect(value).toMatchObject({ orders: 4, previous: { orders: 6 } });
  });

  test("without anything on that day until then has only the days before", async () => {
    const { source } = sourceOf([day("2026-03-01", 1)]);
    const { value } = await readSellerDashboard(source, "1", UNFINISHED);
    expect(value.previous.orders).toBe(2);
  });
});
