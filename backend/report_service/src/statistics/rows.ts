import { BusinessDay, OrderStatus } from "@espigon/event_contracts";
import { z } from "zod";

/**
 * The rollup rows that rest_service serves under `/internal/stats`. Each answer is one snapshot, complete up to
 * `as_of`. Days are sparse and ascending; money is in cents; a cancellation counts against its own day, so sales, paid
 * orders and units of a day may be negative. `part`: the day that was asked for, up to the minute that was asked for.
 */
const asOf = { as_of: z.int().nonnegative() };
const count = z.int().nonnegative();
const Name = z.string().max(200);
const RowId = z.string().min(1).max(64);

const dayRow = {
  day: BusinessDay,
  orders: count,
  paid_orders: z.int(),
  net_sales: z.int(),
  units: z.int(),
  cancelled: count,
};
export const DayRow = z.object(dayRow);
export type DayRow = z.infer<typeof DayRow>;

const MarketDayRow = z.object({ ...dayRow, new_clients: count });

export const StatusDayRow = z.object({ day: BusinessDay, status: OrderStatus, orders: count });
export type StatusDayRow = z.infer<typeof StatusDayRow>;

const PendingVerification = z.object({ count, oldest_at: z.iso.datetime({ offset: true }).nullable() });

export const SellerDaysAnswer = z.object({
  ...asOf,
  days: z.array(DayRow).max(400 + 1),
  part: DayRow.optional(),
  status_days: z.array(StatusDayRow),
  pending_verification: PendingVerification,
  low_stock: count,
});
export type SellerDaysAnswer = z.infer<typeof SellerDaysAnswer>;

export const DaysAnswer = z.object({
  ...asOf,
  days: z.array(MarketDayRow).max(400 + 1),
  part: MarketDayRow.optional(),
  status_days: z.array(StatusDayRow),
  pending_verification: PendingVerification,
});
export type DaysAnswer = z.infer<typeof DaysAnswer>;

export const SellerProductsAnswer = z.object({
  ...asOf,
  products: z.array(
    z.object({ product_id: RowId, name: Name, unit: z.string().max(20), units: z.int(), net_sales: z.int() }),
  ),
});
export type SellerProductsAnswer = z.infer<typeof SellerProductsAnswer>;

export const SellersAnswer = z.object({
  ...asOf,
  active_sellers: count,
  sellers: z.array(z.object({ seller_id: RowId, name: Name, orders: z.int(), net_sales: z.int() })),
});
export type SellersAnswer = z.infer<typeof SellersAnswer>;

export const ClientsAnswer = z.object({
  ...asOf,
  total_clients: count,
  active_clients: count,
  returning_clients: count,
  clients: z.array(z.object({ client_id: RowId, name: Name, paid_orders: z.int(), net_sales: z.int() })),
  days: z.array(z.object({ day: BusinessDay, new_clients: count })).max(400 + 1),
});
export type ClientsAnswer = z.infer<typeof ClientsAnswer>;
