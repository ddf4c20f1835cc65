import { contains, type Period } from "./Period.ts";
import type { DayRow } from "./rows.ts";

/** Sums of one period. `orders` by the day of placing, all else by the day on which it came to count or ceased to. */
export type Figures = {
  readonly orders: number;
  readonly paidOrders: number;
  /** Cents. */
  readonly netSales: number;
  /** Cents, rounded; 0 when no order was paid. */
  readonly averageTicket: number;
  readonly unitsSold: number;
  readonly cancelled: number;
};

export function figuresOf(days: readonly DayRow[], period: Period): Figures {
  const inside = days.filter(({ day }) => contains(period, day));
  const sum = (of: (row: DayRow) => number) => inside.reduce((total, row) => total + of(row), 0);
  const netSales = sum((row) => row.net_sales);
  const paidOrders = sum((row) => row.paid_orders);
  return {
    orders: sum((row) => row.orders),
    paidOrders,
    netSales,
    averageTicket: averageTicketOf(netSales, paidOrders),
    unitsSold: sum((row) => row.units),
    cancelled: sum((row) => row.cancelled),
  };
}

function averageTicketOf(netSales: number, paidOrders: number): number {
  return paidOrders > 0 ? Math.round(netSales / paidOrders) : 0;
}
