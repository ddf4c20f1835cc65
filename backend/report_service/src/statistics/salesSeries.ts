import { addDays, dayNumber } from "./day.ts";
import { daySeries } from "./daySeries.ts";
import type { Period } from "./Period.ts";
import type { DayRow } from "./rows.ts";

export const GRANULARITIES = ["DAY", "WEEK", "MONTH"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** One bar of a chart: all that falls into the day, week or month, within the period. `netSales` in cents. */
export type SalesPoint = { readonly start: string; readonly orders: number; readonly netSales: number };

/**
 * One point for every day, week (from Monday) or month that the period touches, ascending. The first starts with the
 * period itself, so a week or month that is cut off by the period counts its inner days only.
 */
export function salesSeries(days: readonly DayRow[], period: Period, granularity: Granularity): readonly SalesPoint[] {
  const points = new Map<string, SalesPoint>();
  for (const { day, orders, netSales } of daySeries(days, period)) {
    const bucket = bucketStart(day, granularity);
    const start = bucket < period.from ? period.from : bucket;
    const point = points.get(start) ?? { start, orders: 0, netSales: 0 };
    points.set(start, { start, orders: point.orders + orders, netSales: point.netSales + netSales });
  }
  return [...points.values()];
}

function bucketStart(day: string, granularity: Granularity): string {
  switch (granularity) {
    case "DAY":
      return day;
    case "WEEK": {
      // Day 0, 1970-01-01, was a Thursday: three days after a Monday.
      const daysSinceMonday = (dayNumber(day) + 3) % 7;
      return addDays(day, -daysSinceMonday);
    }
    case "MONTH":
      return `${day.slice(0, 8)}01`;
  }
}
