import { OrderStatus } from "@espigon/event_contracts";

/** A row of `ordersByStatus`. A state that this page does not know (a newer server's) is left out. */
export type StatusCount = { readonly status: string; readonly count: number };

export type StatusBar = {
  readonly status: OrderStatus;
  readonly count: number;
  /** Length of the bar as a share of its group's longest, 0 to 1. */
  readonly share: number;
};

export type OrderGroup = {
  readonly name: "open" | "closed";
  readonly total: number;
  readonly bars: readonly StatusBar[];
};

const CLOSED: ReadonlySet<OrderStatus> = new Set(["delivered", "cancelled", "expired"]);
const RARE: ReadonlySet<OrderStatus> = new Set(["payment_rejected", "expired"]);

/**
 * Orders by state in two groups with a scale each: a month of delivered orders would flatten the handful that still
 * needs work. States come in the order of an order's life; rare ones only when there are some.
 */
export function orderGroups(counts: readonly StatusCount[]): readonly OrderGroup[] {
  const byStatus = new Map(counts.map(({ status, count }) => [status, count]));
  return (["open", "closed"] as const).map((name) => {
    const rows = OrderStatus.options
      .filter((status) => CLOSED.has(status) === (name === "closed"))
      .map((status) => ({ status, count: byStatus.get(status) ?? 0 }))
      .filter(({ status, count }) => count > 0 || !RARE.has(status));
    const longest = Math.max(1, ...rows.map(({ count }) => count));
    return {
      name,
      total: rows.reduce((sum, { count }) => sum + count, 0),
      bars: rows.map((row) => ({ ...row, share: row.count / longest })),
    };
  });
}
