import {
  type Action,
  type Actor,
  ORDER_TRANSITIONS,
  type OrderEvent,
  orderEventType,
  type OrderStatus,
  type OrderStep,
} from "@espigon/event_contracts";
import type { Order } from "./Order.ts";

/** The wish to move an order. Whether the actor is a party to the order is decided before, by what it may read. */
export type OrderCommand = {
  readonly to: OrderStatus;
  readonly actor: Actor;
  readonly expected_version?: number;
  readonly reason?: string;
};

export type OrderStepRefusal =
  /** Others could do it now; this actor could in no state of the order. */
  { readonly kind: "forbidden" } | { readonly kind: "version_conflict" } | { readonly kind: "illegal_transition" };

/** What happened to the order, without the instant and the version that the store gives it. */
export type OrderStepDecision = {
  readonly kind: "step";
  readonly type: OrderEvent["type"];
  readonly action: Action;
  readonly payload: OrderStep;
};

/** Steps on a payment: nobody takes them on an order of their own. */
const PAYMENT_CHECKS: ReadonlySet<OrderStatus> = new Set(["payment_confirmed", "payment_rejected"]);

/** Decides one step of an order by the state table. Pure: the same order and command give the same answer. */
export function decideOrderStep(order: Order, command: OrderCommand): OrderStepDecision | OrderStepRefusal {
  const { to, actor, reason } = command;
  const ways = ORDER_TRANSITIONS.filter((transition) => transition.to === to && transition.needs === undefined);
  const way = ways.find(({ from }) => from === order.status);
  const ownPayment = PAYMENT_CHECKS.has(to) && "user_id" in actor && actor.user_id === order.client_id;
  const never = ownPayment || !ways.some(({ actors }) => actors.includes(actor.role));
  if (way !== undefined && never) return { kind: "forbidden" };
  if (command.expected_version !== undefined && command.expected_version !== order.version) {
    return { kind: "version_conflict" };
  }
  if (!way?.actors.includes(actor.role)) return { kind: "illegal_transition" };
  return {
    kind: "step",
    type: orderEventType(to),
    action: orderAction(to),
    payload: {
      from: order.status,
      to,
      version: order.version + 1,
      order_day: order.placed_day,
      totals: order.totals,
      items: order.items,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

function orderAction(to: OrderStatus): Action {
  switch (to) {
    case "pending_payment":
      return "order_created";
    case "payment_submitted":
      return "payment_submitted";
    case "payment_confirmed":
      return "payment_verified";
    case "payment_rejected":
      return "payment_rejected";
    case "preparing":
    case "shipped":
    case "ready_for_pickup":
      return "status_updated";
    case "delivered":
      return "order_delivered";
    case "cancelled":
      return "order_cancelled";
    case "expired":
      return "order_expired";
  }
}
