import { OrderLine, OrderStatus, Totals } from "@espigon/event_contracts";
import { z } from "zod";

/** The most that one order may come to, in cents: sums over any number of orders stay exact. Held by the database. */
export const MAX_ORDER_TOTAL = 100_000_000;

/** One step of an order's life. `by` is the role that made it. */
const OrderHistoryEntry = z.object({
  status: OrderStatus,
  at: z.iso.datetime(),
  by: z.enum(["ADMIN", "SELLER", "CLIENT", "SYSTEM"]),
  reason: z.string().optional(),
});

/** What a client buys from one seller at once. Money in cents; times ISO 8601 UTC; history oldest first. */
export const Order = z.object({
  id: z.int().positive(),
  status: OrderStatus,
  /** Grows by one with each step; what `expected_version` is compared with. */
  version: z.int().positive(),
  seller_id: z.string(),
  seller_name: z.string(),
  client_id: z.string(),
  client_name: z.string(),
  note: z.string().nullable(),
  placed_at: z.iso.datetime(),
  /** The business day on which it was placed. */
  placed_day: z.iso.date(),
  /** When it entered its present state. */
  updated_at: z.iso.datetime(),
  totals: Totals,
  items: z.array(OrderLine),
  history: z.array(OrderHistoryEntry),
});
export type Order = z.infer<typeof Order>;
