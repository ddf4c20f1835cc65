import { OrderStatus } from "@espigon/event_contracts";
import { contains, type Period } from "./Period.ts";
import type { StatusDayRow } from "./rows.ts";

export type StatusCount = { readonly status: OrderStatus; readonly count: number };

/** Orders placed in the period by their present state, in the order of an order's life; states without any are left out. */
export function ordersByStatus(rows: readonly StatusDayRow[], period: Period): readonly StatusCount[] {
  const counts = new Map<OrderStatus, number>();
  for (const { day, status, orders } of rows) {
    if (contains(period, day)) counts.set(status, (counts.get(status) ?? 0) + orders);
  }
  return OrderStatus.options
    .map((status) => ({ status, count: counts.get(status) ?? 0 }))
    .filter(({ count }) => count > 0);
}
