import { OrderStatus } from "@espigon/event_contracts";
import { z } from "@hono/zod-openapi";
import { MAX_QUANTITY } from "../../domain/mergeLines.ts";
import { Order } from "../../domain/Order.ts";
import { IdInput, OrderIdText, PageLimit, plainText } from "./fields.ts";

export const CreateOrderBody = z
  .object({
    items: z
      .array(z.object({ product_id: IdInput, quantity: z.int().min(1).max(MAX_QUANTITY) }))
      .min(1)
      .max(50),
    note: plainText(500).optional(),
  })
  .meta({ id: "Checkout" });

export const CreateOrderHeaders = z.object({
  "idempotency-key": z.string().regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible characters"),
});

const ExpectedVersion = z.int().min(1).max(2_147_483_647).optional();

export const UpdateOrderStatusBody = z
  .object({ status: OrderStatus, expected_version: ExpectedVersion, reason: plainText(500).optional() })
  .meta({ id: "StatusChange" });

export const VerifyPaymentBody = z
  .object({ approved: z.boolean(), expected_version: ExpectedVersion, reason: plainText(500).optional() })
  .meta({ id: "PaymentVerification" });

export const DeliverBody = z.object({ expected_version: ExpectedVersion }).meta({ id: "Delivery" });

/** An order with the room in which its parties meet; the token lets this reader join it. */
export const OrderAnswer = Order.extend({ room: z.object({ name: z.string(), token: z.string() }) }).meta({
  id: "Order",
});

export const PlacedOrders = z.object({ orders: z.array(OrderAnswer) }).meta({ id: "PlacedOrders" });

export const OrderPage = z
  .object({ orders: z.array(OrderAnswer), next_cursor: z.string().nullable() })
  .meta({ id: "OrderPage" });

export const OrderListQuery = z.object({
  status: OrderStatus.optional(),
  cursor: OrderIdText.optional(),
  limit: PageLimit,
});

export const OrderParams = z.object({ id: OrderIdText });
