import type { Versioned } from "../cache/VersionedCache.ts";
import { type DayPoint, daySeries } from "./daySeries.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { ordersByStatus, type StatusCount } from "./ordersByStatus.ts";
import { type ComparedSpan, comparedSpan, type Comparison } from "./Comparison.ts";
import type { Period } from "./Period.ts";
import { readWithPrevious } from "./readWithPrevious.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

export type SellerDashboard = Figures & {
  readonly sellerId: string;
  readonly period: Period;
  /** All orders that now wait for their payment to be verified, of any day. */
  readonly pendingVerification: number;
  /** Since when the oldest of them waits; null when none does. */
  readonly oldestPendingAt: string | null;
  /** Products at or below their threshold now. */
  readonly lowStock: number;
  readonly ordersByStatus: readonly StatusCount[];
  readonly series: readonly DayPoint[];
  readonly previous: Figures;
  readonly comparedWith: ComparedSpan;
  readonly previousSeries: readonly DayPoint[];
};

export async function readSellerDashboard(
  source: StatisticsSource,
  sellerId: string,
  comparison: Comparison,
): Promise<Versioned<SellerDashboard>> {
  const { period, previous } = comparison;
  const { asOf, before, answer } = await readWithPrevious(comparison, (range, until) =>
    source.sellerDays(sellerId, range, until),
  );
  return {
    asOf,
    value: {
      sellerId,
      period,
      ...figuresOf(answer.days, period),
      pendingVerification: answer.pending_verification.count,
      oldestPendingAt: answer.pending_verification.oldest_at,
      lowStock: answer.low_stock,
      ordersByStatus: ordersByStatus(answer.status_days, period),
      series: daySeries(answer.days, period),
      previous: figuresOf(before.comparable, previous),
      comparedWith: comparedSpan(comparison),
      previousSeries: daySeries(before.days, previous),
    },
  };
}
