import type { Versioned } from "../cache/VersionedCache.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { newClientsIn } from "./newClientsIn.ts";
import { ordersByStatus, type StatusCount } from "./ordersByStatus.ts";
import { type ComparedSpan, comparedSpan, type Comparison } from "./Comparison.ts";
import type { Period } from "./Period.ts";
import { readWithPrevious } from "./readWithPrevious.ts";
import type { DaysAnswer } from "./rows.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

const TOP_SELLERS = 10;

/** `netSales` in cents. */
export type TopSeller = {
  readonly sellerId: string;
  readonly name: string;
  readonly orders: number;
  readonly netSales: number;
};

export type AdminFigures = Figures & { readonly newClients: number };

export type AdminDashboard = AdminFigures & {
  readonly period: Period;
  /** Sellers with an order placed or paid in the period. */
  readonly activeSellers: number;
  /** All orders that now wait for their payment to be verified, of any day. */
  readonly pendingVerification: number;
  readonly oldestPendingAt: string | null;
  readonly ordersByStatus: readonly StatusCount[];
  /** By net sales, best first. */
  readonly topSellers: readonly TopSeller[];
  readonly previous: AdminFigures;
  readonly comparedWith: ComparedSpan;
};

export async function readAdminDashboard(
  source: StatisticsSource,
  comparison: Comparison,
): Promise<Versioned<AdminDashboard>> {
  const { period, previous } = comparison;
  const [{ asOf, before, answer }, sellers] = await Promise.all([
    readWithPrevious(comparison, (range, until) => source.days(range, until)),
    source.sellers(period, TOP_SELLERS),
  ]);
  return {
    asOf: Math.min(asOf, sellers.as_of),
    value: {
      period,
      ...adminFiguresOf(answer.days, period),
      activeSellers: sellers.active_sellers,
      pendingVerification: answer.pending_verification.count,
      oldestPendingAt: answer.pending_verification.oldest_at,
      ordersByStatus: ordersByStatus(answer.status_days, period),
      topSellers: sellers.sellers.map(({ seller_id, name, orders, net_sales }) => ({
        sellerId: seller_id,
        name,
        orders,
        netSales: net_sales,
      })),
      previous: adminFiguresOf(before.comparable, previous),
      comparedWith: comparedSpan(comparison),
    },
  };
}

function adminFiguresOf(days: readonly DaysAnswer["days"][number][], range: Period): AdminFigures {
  return { ...figuresOf(days, range), newClients: newClientsIn(days, range) };
}
