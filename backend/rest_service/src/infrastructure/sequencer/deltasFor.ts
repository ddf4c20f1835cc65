import { type DomainEvent, isCounted, type OrderEvent } from "@espigon/event_contracts";
import type { Delta } from "./rollups.ts";

/**
 * What an event adds to the statistics. Pure and total: the event carries the prior state that is needed, and one that
 * concerns no figure gives an empty list. Orders count by the day of placing; paid orders, sales and units by the day
 * on which the order came to count or ceased to. A row is named even where its sum comes to 0, so that the set of
 * rows depends on the events alone and not on how they were batched.
 */
export function deltasFor(event: DomainEvent): readonly Delta[] {
  switch (event.type) {
    case "ORDER_CREATED":
    case "PAYMENT_SUBMITTED":
    case "PAYMENT_VERIFIED":
    case "PAYMENT_REJECTED":
    case "ORDER_STATUS_UPDATED":
    case "ORDER_DELIVERED":
    case "ORDER_CANCELLED":
    case "ORDER_EXPIRED":
      return [...placed(event), ...moved(event), ...counted(event), ...ended(event)];
    case "CLIENT_REGISTERED":
      return inMarket(event.day, event.at, { new_clients: 1 });
    case "PRODUCT_CREATED":
    case "PRODUCT_UPDATED":
    case "PRODUCT_DELETED":
    case "SELLER_REGISTERED":
    case "ACCESS_REVOKED":
      return [];
  }
}

type MarketSums = DaySums & { readonly new_clients?: number };
type DaySums = { readonly orders?: number; readonly cancelled?: number } & {
  readonly [Sum in "paid_orders" | "net_sales" | "units"]?: number;
};

/** The same sums for the seller and for the whole market, on the day and in the minute. */
function onDay(seller_id: string, day: string, at: string, add: DaySums): readonly Delta[] {
  return [
    { rollup: "stats_seller_day", key: { seller_id, day }, add },
    { rollup: "stats_seller_minute", key: { seller_id, day, minute: minuteOf(at) }, add },
    ...inMarket(day, at, add),
  ];
}

function inMarket(day: string, at: string, add: MarketSums): readonly Delta[] {
  return [
    { rollup: "stats_day", key: { day }, add },
    { rollup: "stats_minute", key: { day, minute: minuteOf(at) }, add },
  ];
}

function minuteOf(at: string): string {
  const instant = new Date(at);
  instant.setUTCSeconds(0, 0);
  return instant.toISOString();
}

function placed({ seller_id, at, payload: { from, order_day } }: OrderEvent): readonly Delta[] {
  return from === null ? onDay(seller_id, order_day, at, { orders: 1 }) : [];
}

/** Present states are kept under the day of placing. */
function moved({ seller_id, payload: { from, to, order_day: day } }: OrderEvent): readonly Delta[] {
  return [...(from === null ? [] : ([[from, -1]] as const)), ...([[to, 1]] as const)].flatMap(
    ([status, orders]): Delta[] => [
      { rollup: "stats_seller_day_status", key: { seller_id, day, status }, add: { orders } },
      { rollup: "stats_day_status", key: { day, status }, add: { orders } },
    ],
  );
}

/** An order comes to count with the confirmed payment, and ceases to when it is cancelled after that. */
function counted({
  seller_id,
  client_id,
  day,
  at,
  payload: { from, to, totals, items },
}: OrderEvent): readonly Delta[] {
  const sign = Number(isCounted(to)) - Number(isCounted(from));
  if (sign === 0) return [];
  const units = sign * items.reduce((sum, item) => sum + item.quantity, 0);
  const paid = { paid_orders: sign, net_sales: sign * totals.subtotal };
  return [
    ...onDay(seller_id, day, at, { ...paid, units }),
    { rollup: "stats_client_day", key: { day, client_id }, add: paid },
    ...items.map(({ product_id, quantity, line_total }): Delta => ({
      rollup: "stats_product_day",
      key: { seller_id, day, product_id },
      add: { units: sign * quantity, net_sales: sign * line_total },
    })),
  ];
}

function ended({ seller_id, day, at, payload: { from, to } }: OrderEvent): readonly Delta[] {
  const isEnd = (status: string | null) => status === "cancelled" || status === "expired";
  return isEnd(to) && !isEnd(from) ? onDay(seller_id, day, at, { cancelled: 1 }) : [];
}
