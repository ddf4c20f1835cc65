import type { OrderStatus } from "@espigon/event_contracts";
import type { ApiClient } from "../../lib/ApiClient.ts";
import { Order } from "../../lib/resources.ts";
import type { OrderAction } from "./orderActions.ts";

const STATUS: Record<"prepare" | "ship" | "ready" | "receive" | "cancel", OrderStatus> = {
  prepare: "preparing",
  ship: "shipped",
  ready: "ready_for_pickup",
  receive: "delivered",
  cancel: "cancelled",
};

/**
 * Takes one step with an order, as it was seen: a step on a version that is no longer the present one is refused.
 * @throws ApiError, such as `VERSION_CONFLICT` and `ILLEGAL_TRANSITION`.
 */
export function runOrderAction(api: ApiClient, order: Order, action: OrderAction, reason?: string): Promise<Order> {
  const path = `/api/orders/${order.id}`;
  const seen = { expected_version: order.version, ...(reason === undefined ? {} : { reason }) };
  switch (action) {
    case "approve":
    case "reject":
      return api.post(`${path}/verify-payment`, { ...seen, approved: action === "approve" }, Order);
    case "deliver":
      return api.post(`${path}/deliver`, seen, Order);
    case "prepare":
    case "ship":
    case "ready":
    case "receive":
    case "cancel":
      return api.patch(`${path}/status`, { ...seen, status: STATUS[action] }, Order);
  }
}
