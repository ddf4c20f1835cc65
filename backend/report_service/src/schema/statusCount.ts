import { OrderStatus } from "@espigon/event_contracts";
import type { StatusCount } from "../statistics/ordersByStatus.ts";
import { builder } from "./builder.ts";

const OrderStatusEnum = builder.enumType("OrderStatus", { values: OrderStatus.options });

export const StatusCountObject = builder.objectRef<StatusCount>("StatusCount").implement({
  description: "How many of the orders placed in the period are in a state now.",
  fields: (t) => ({
    status: t.expose("status", { type: OrderStatusEnum }),
    count: t.exposeInt("count"),
  }),
});
