import type { Versioned } from "../cache/VersionedCache.ts";
import { type DayPoint, daySeries } from "./daySeries.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { ordersByStatus, type StatusCount } from "./ordersByStatus.ts";
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
  readonly previousSeries: readonly DayPoint[];
};

export async function readSellerDashboard(
  source: StatisticsSource,
  sellerId: string,
  period: Period,
): Promise<Versioned<SellerDashboard>> {
  const { asOf, previous, days, answer } = await readWithPrevious(period, (range) =>
    source.sellerDays(sellerId, range),
  );
  return {
    asOf,
    value: {
      sellerId,
      period,
      ...figuresOf(days, period),
      pendingVerification: answer.pending_verification.count,
      oldestPendingAt: answer.pending_verification.oldest_at,
      lowStock: answer.low_stock,
      ordersByStatus: ordersByStatus(answer.status_days, period),
      series: daySeries(days, period),
      previous: figuresOf(days, previous),
      previousSeries: daySeries(days, previous),
    },
  };
}
