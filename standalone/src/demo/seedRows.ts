import { type Action, OrderStatus, orderEventType } from "@espigon/event_contracts";
import { DEMO_PRODUCTS, DEMO_SELLERS } from "./catalogue.ts";
import { DEMO_DAYS, DEMO_PEOPLE } from "./people.ts";
import { DAY_MS, type DemoOrder, type DemoPeriod, HOUR_MS, placedAt } from "./planOrders.ts";
import type { DemoStep } from "./planPath.ts";

/** The first business day of the demo, in days before today. */
const FIRST_DAY = DEMO_DAYS - 1;

/** All demo people and products as rows of their tables. */
export function staticRows(period: DemoPeriod, passwordHash: string) {
  const daysAgo = (days: number, hour: number) =>
    iso(Math.min(period.todayStart - days * DAY_MS + hour * HOUR_MS, period.now));
  return {
    people: DEMO_PEOPLE.map(({ id, email, name, role, registeredDaysAgo, appetite }) => ({
      id,
      email,
      name,
      role,
      password_hash: passwordHash,
      created_at: daysAgo(registeredDaysAgo, registeredDaysAgo < FIRST_DAY ? 6 + appetite : 1),
    })),
    sellers: DEMO_SELLERS.map(({ id, ownerId, name }) => ({
      id,
      user_id: ownerId,
      name,
      created_at: daysAgo(FIRST_DAY, 0),
    })),
    products: DEMO_PRODUCTS.map((product) => ({
      id: product.id,
      seller_id: product.sellerId,
      name: product.name,
      description: product.description,
      category: product.category,
      unit: product.unit,
      price: product.price,
      stock: product.stock,
      iva_bp: product.ivaBp,
      low_stock_threshold: product.lowStockThreshold,
      created_at: daysAgo(FIRST_DAY, 2),
    })),
  };
}

/** Orders as rows of their tables; an order's id is its place in the list, from 1. */
export function orderRows(planned: readonly DemoOrder[]) {
  const numbered = planned.map((order, index) => ({ id: index + 1, order }));
  return {
    orders: numbered.map(({ id, order }) => {
      const last = order.steps.at(-1);
      return {
        id,
        seller_id: order.seller.id,
        client_id: order.clientId,
        ...order.totals,
        status: last?.status,
        version: order.steps.length,
        status_at: iso(last?.at ?? 0),
        placed_at: iso(placedAt(order)),
      };
    }),
    items: numbered.flatMap(({ id, order }) =>
      order.lines.map((line, index) => Object.assign({ order_id: id, line: index + 1 }, line)),
    ),
    history: numbered.flatMap(({ id, order }) =>
      order.steps.map((step, index) => ({
        order_id: id,
        version: index + 1,
        status: step.status,
        at: iso(step.at),
        actor_id: actorId(order, step),
        actor_role: step.by,
        reason: step.reason,
      })),
    ),
  };
}

function actorId(order: DemoOrder, step: DemoStep): number | null {
  if (step.by === "SYSTEM") return null;
  return step.by === "SELLER" ? order.seller.ownerId : order.clientId;
}

const ACTIONS: Readonly<Record<OrderStatus, Action>> = {
  pending_payment: "order_created",
  payment_submitted: "payment_submitted",
  payment_rejected: "payment_rejected",
  payment_confirmed: "payment_verified",
  preparing: "status_updated",
  shipped: "status_updated",
  ready_for_pickup: "status_updated",
  delivered: "order_delivered",
  cancelled: "order_cancelled",
  expired: "order_expired",
};

/** Type and action of the event that tells of each state. */
export const EVENT_NAMES = OrderStatus.options.map((status) => ({
  status,
  type: orderEventType(status),
  action: ACTIONS[status],
}));

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
