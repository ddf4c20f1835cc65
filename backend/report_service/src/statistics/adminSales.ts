import type { Versioned } from "../cache/VersionedCache.ts";
import { type Figures, figuresOf } from "./figures.ts";
import type { Period } from "./Period.ts";
import { readWithPrevious } from "./readWithPrevious.ts";
import { type Granularity, type SalesPoint, salesSeries } from "./salesSeries.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

export type AdminSales = {
  readonly period: Period;
  readonly granularity: Granularity;
  readonly points: readonly SalesPoint[];
  readonly previousPoints: readonly SalesPoint[];
  readonly totals: Figures;
  readonly previous: Figures;
};

export async function readAdminSales(
  source: StatisticsSource,
  period: Period,
  granularity: Granularity,
): Promise<Versioned<AdminSales>> {
  const { asOf, previous, days } = await readWithPrevious(period, (range) => source.days(range));
  return {
    asOf,
    value: {
      period,
      granularity,
      points: salesSeries(days, period, granularity),
      previousPoints: salesSeries(days, previous, granularity),
      totals: figuresOf(days, period),
      previous: figuresOf(days, previous),
    },
  };
}
