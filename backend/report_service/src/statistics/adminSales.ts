import type { Versioned } from "../cache/VersionedCache.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { type ComparedSpan, comparedSpan, type Comparison } from "./Comparison.ts";
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
  readonly comparedWith: ComparedSpan;
};

export async function readAdminSales(
  source: StatisticsSource,
  comparison: Comparison,
  granularity: Granularity,
): Promise<Versioned<AdminSales>> {
  const { period, previous } = comparison;
  const { asOf, before, answer } = await readWithPrevious(comparison, (range, until) => source.days(range, until));
  return {
    asOf,
    value: {
      period,
      granularity,
      points: salesSeries(answer.days, period, granularity),
      previousPoints: salesSeries(before.days, previous, granularity),
      totals: figuresOf(answer.days, period),
      previous: figuresOf(before.comparable, previous),
      comparedWith: comparedSpan(comparison),
    },
  };
}
