import { z } from "zod";
import { BasisPoints, Cents, Totals } from "../money.ts";
import { OrderStatus } from "../orderStatus.ts";
import { BusinessDay, eventHead, Id } from "./eventHead.ts";

export const OrderLine = z.object({
  product_id: Id,
  name: z.string(),
  quantity: z.int().positive(),
  unit_price: Cents,
  iva_bp: BasisPoints,
  line_total: Cents,
});
export type OrderLine = z.infer<typeof OrderLine>;

/** A product whose stock this change took to its threshold or below it. */
export const StockCrossing = z.object({ product_id: Id, name: z.string(), stock: z.int(), threshold: z.int() });
export type StockCrossing = z.infer<typeof StockCrossing>;

/** One step of an order, with the prior state that the statistics need: no reader has to look anything up. */
export const OrderStep = z.object({
  from: OrderStatus.nullable(),
  to: OrderStatus,
  version: z.int().positive(),
  /** The business day on which the order was placed. */
  order_day: BusinessDay,
  totals: Totals,
  items: z.array(OrderLine),
  reason: z.string().optional(),
  low_stock: z.array(StockCrossing).optional(),
});
export type OrderStep = z.infer<typeof OrderStep>;

export const ORDER_EVENT_TYPES = [
  "ORDER_CREATED",
  "PAYMENT_SUBMITTED",
  "PAYMENT_VERIFIED",
  "PAYMENT_REJECTED",
  "ORDER_STATUS_UPDATED",
  "ORDER_DELIVERED",
  "ORDER_CANCELLED",
  "ORDER_EXPIRED",
] as const;

export const OrderEvent = z.object({
  ...eventHead,
  type: z.enum(ORDER_EVENT_TYPES),
  seller_id: Id,
  client_id: Id,
  order_id: z.int().positive(),
  payload: OrderStep,
});
export type OrderEvent = z.infer<typeof OrderEvent>;

/** The event type that tells that an order has entered `to`. */
export function orderEventType(to: OrderStatus): OrderEvent["type"] {
  switch (to) {
    case "pending_payment":
      return "ORDER_CREATED";
    case "payment_submitted":
      return "PAYMENT_SUBMITTED";
    case "payment_confirmed":
      return "PAYMENT_VERIFIED";
    case "payment_rejected":
      return "PAYMENT_REJECTED";
    case "preparing":
    case "shipped":
    case "ready_for_pickup":
      return "ORDER_STATUS_UPDATED";
    case "delivered":
      return "ORDER_DELIVERED";
    case "cancelled":
      return "ORDER_CANCELLED";
    case "expired":
      return "ORDER_EXPIRED";
  }
}
