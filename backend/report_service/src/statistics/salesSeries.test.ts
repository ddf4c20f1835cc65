import { expect, test } from "bun:test";
import fc from "fast-check";
import { dayNumber, dayOfNumber } from "./day.ts";
import { daySeries } from "./daySeries.ts";
import { daysIn } from "./Period.ts";
import type { DayRow } from "./rows.ts";
import { GRANULARITIES, salesSeries } from "./salesSeries.ts";

const row = (day: string, orders: number, net_sales: number): DayRow => ({
  day,
  orders,
  net_sales,
  paid_orders: 0,
  units: 0,
  cancelled: 0,
});

test("a day series has every day of the period once, zeros where nothing was sold", () => {
  expect(daySeries([row("2026-03-02", 1, 500)], { from: "2026-03-01", to: "2026-03-03" })).toEqual([
    { day: "2026-03-01", orders: 0, netSales: 0 },
    { day: "2026-03-02", orders: 1, netSales: 500 },
    { day: "2026-03-03", orders: 0, netSales: 0 },
  ]);
});

test("weeks begin on Monday, and the first with the period", () => {
  // 2026-03-04 is a Wednesday.
  const points = salesSeries(
    [row("2026-03-08", 1, 100), row("2026-03-09", 2, 200)],
    { from: "2026-03-04", to: "2026-03-16" },
    "WEEK",
  );
  expect(points).toEqual([
    { start: "2026-03-04", orders: 1, netSales: 100 },
    { start: "2026-03-09", orders: 2, netSales: 200 },
    { start: "2026-03-16", orders: 0, netSales: 0 },
  ]);
});

test("months begin on the first, and the first one with the period", () => {
  const points = salesSeries(
    [row("2026-01-31", 1, 100), row("2026-02-01", 2, 200)],
    { from: "2026-01-30", to: "2026-03-01" },
    "MONTH",
  );
  expect(points.map(({ start, orders }) => [start, orders])).toEqual([
    ["2026-01-30", 1],
    ["2026-02-01", 2],
    ["2026-03-01", 0],
  ]);
});

test("whatever the granularity, nothing is lost or counted twice, and points ascend within the period", () => {
  const first = dayNumber("2026-01-01");
  const rows = fc
    .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
    .map((offsets) => offsets.map((offset) => row(dayOfNumber(first + offset), offset, offset * 10 - 500)));
  const range = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }));
  fc.assert(
    fc.property(rows, range, fc.constantFrom(...GRANULARITIES), (days, [offset, length], granularity) => {
      const period = { from: dayOfNumber(first + offset), to: dayOfNumber(first + offset + length) };
      const points = salesSeries(days, period, granularity);
      const inside = days.filter(({ day }) => period.from <= day && day <= period.to);
      const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
      expect(sum(points.map((point) => point.netSales))).toBe(sum(inside.map((day) => day.net_sales)));
      expect(sum(points.map((point) => point.orders))).toBe(sum(inside.map((day) => day.orders)));
      const starts = points.map((point) => point.start);
      expect(starts).toEqual([...new Set(starts)].toSorted());
      expect(starts[0]).toBe(period.from);
      if (granularity === "DAY") expect(points).toHaveLength(daysIn(period));
    }),
  );
});
