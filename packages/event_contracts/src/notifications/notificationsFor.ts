import type { DomainEvent } from "../events/domainEvent.ts";
import type { StockCrossing } from "../events/orderEvent.ts";
import type { FeedMessage, Notification } from "./notification.ts";

/**
 * Everything that one domain event tells, to all audiences. Pure; the only place where events become notifications.
 * An event that concerns nobody's screen gives an empty list.
 */
export function notificationsFor(event: DomainEvent): readonly FeedMessage[] {
  const { at } = event;
  const action = event.metadata["action"];
  switch (event.type) {
    case "ORDER_CREATED":
    case "PAYMENT_SUBMITTED":
    case "PAYMENT_VERIFIED":
    case "PAYMENT_REJECTED":
    case "ORDER_STATUS_UPDATED":
    case "ORDER_DELIVERED":
    case "ORDER_CANCELLED":
    case "ORDER_EXPIRED": {
      const { seller_id, client_id, order_id, payload } = event;
      const metadata = { order_id, status: payload.to, action };
      return [
        { type: "SELLER_STATS_UPDATED", seller_id, metadata, at },
        { type: "ADMIN_STATS_UPDATED", metadata, at },
        { type: "ORDER_UPDATED", seller_id, client_id, metadata: { ...metadata, version: payload.version }, at },
        ...lowStock(seller_id, payload.low_stock, at),
      ];
    }
    case "PRODUCT_CREATED":
    case "PRODUCT_UPDATED":
    case "PRODUCT_DELETED": {
      const { seller_id, payload } = event;
      const metadata = { product_id: payload.product_id, action };
      return [
        { type: event.type, seller_id, metadata, at },
        { type: "SELLER_STATS_UPDATED", seller_id, metadata, at },
        ...lowStock(seller_id, payload.low_stock, at),
      ];
    }
    case "CLIENT_REGISTERED": {
      const metadata = { user_id: event.client_id, action };
      return [
        { type: "CLIENT_REGISTERED", metadata, at },
        { type: "ADMIN_STATS_UPDATED", metadata, at },
      ];
    }
    case "SELLER_REGISTERED":
      return [];
    case "ACCESS_REVOKED": {
      const { user_id, ...metadata } = event.payload;
      return [{ type: "ACCESS_REVOKED", user_id, metadata, at }];
    }
  }
}

function lowStock(seller_id: string, crossings: readonly StockCrossing[] | undefined, at: string): Notification[] {
  return (crossings ?? []).map(({ product_id, name, stock, threshold }) => ({
    type: "LOW_STOCK",
    seller_id,
    metadata: { product_id, product: name, stock, threshold },
    at,
  }));
}
