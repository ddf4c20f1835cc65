import { expect, test } from "bun:test";
import { figuresOf } from "./figures.ts";
import { ordersByStatus } from "./ordersByStatus.ts";
import type { DayRow } from "./rows.ts";

const MARCH = { from: "2026-03-01", to: "2026-03-31" };
const row = (day: string, fields: Partial<DayRow> = {}): DayRow => ({
  day,
  orders: 0,
  paid_orders: 0,
  net_sales: 0,
  units: 0,
  cancelled: 0,
  ...fields,
});

test("figures are the sums of the period's days, its first and last among them, and of no others", () => {
  const fields = { orders: 2, paid_orders: 1, net_sales: 1050, units: 3, cancelled: 1 };
  const days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"].map((day) => row(day, fields));
  expect(figuresOf(days, MARCH)).toEqual({
    orders: 4,
    paidOrders: 2,
    netSales: 2100,
    averageTicket: 1050,
    unitsSold: 6,
    cancelled: 2,
  });
});

test.each([
  [1000, 3, 333],
  [2000, 3, 667],
  [5, 2, 3],
  [0, 0, 0],
  [-500, 0, 0],
  [-500, -1, 0],
])("%i cents of %i paid orders make an average ticket of %i", (net_sales, paid_orders, averageTicket) => {
  expect(figuresOf([row("2026-03-02", { net_sales, paid_orders })], MARCH).averageTicket).toBe(averageTicket);
});

test("a period without rows has zeros", () => {
  expect(Object.values(figuresOf([], MARCH))).toEqual([0, 0, 0, 0, 0, 0]);
});

test("orders by status are summed over the period, in the order of an order's life, without empty ones", () => {
  const rows = [
    { day: "2026-03-02", status: "delivered", orders: 2 },
    { day: "2026-03-03", status: "delivered", orders: 1 },
    { day: "2026-03-03", status: "pending_payment", orders: 4 },
    { day: "2026-03-03", status: "shipped", orders: 0 },
    { day: "2026-04-01", status: "expired", orders: 9 },
  ] as const;
  expect(ordersByStatus(rows, MARCH)).toEqual([
    { status: "pending_payment", count: 4 },
    { status: "delivered", count: 3 },
  ]);
});
