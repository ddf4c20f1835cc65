import { eachDay, type Period } from "./Period.ts";
import type { DayRow } from "./rows.ts";

/** One day of a chart; `netSales` in cents. */
export type DayPoint = { readonly day: string; readonly orders: number; readonly netSales: number };

/** One point for every day of the period, ascending; days without a row are zero. */
export function daySeries(days: readonly DayRow[], period: Period): readonly DayPoint[] {
  const byDay = new Map(days.map((row) => [row.day, row]));
  return eachDay(period).map((day) => {
    const row = byDay.get(day);
    return { day, orders: row?.orders ?? 0, netSales: row?.net_sales ?? 0 };
  });
}
