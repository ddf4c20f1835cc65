import type { Principal } from "../claims.ts";
import type { FeedMessage, Notification } from "./notification.ts";

/** A set of sockets that hear the same: decided once, when a socket opens, from verified claims or a room token. */
export type Audience = "admin" | `seller:${string}` | `client:${string}` | `user:${string}` | `room:${string}`;

/** The room that anyone who is logged in may join without a token. */
export const CATALOG_ROOM = "catalog";

/** The audiences that hear a notification. Pure; the only place that decides it. */
export function audiencesOf(notification: FeedMessage): readonly Audience[] {
  switch (notification.type) {
    case "ADMIN_STATS_UPDATED":
    case "CLIENT_REGISTERED":
      return ["admin"];
    case "SELLER_STATS_UPDATED":
    case "LOW_STOCK":
      return [`seller:${notification.seller_id}`];
    case "ORDER_UPDATED":
      return [`seller:${notification.seller_id}`, `client:${notification.client_id}`];
    case "PRODUCT_CREATED":
    case "PRODUCT_UPDATED":
    case "PRODUCT_DELETED":
      return ["admin", `seller:${notification.seller_id}`, `room:${CATALOG_ROOM}`];
    case "NOTIFICATION_CREATED":
      return [`user:${notification.user_id}`];
    case "ACCESS_REVOKED":
      return [];
  }
}

/** The audiences that a principal belongs to by its claims alone, without rooms. */
export function audiencesOfPrincipal(principal: Principal): readonly Audience[] {
  const user: Audience = `user:${principal.user_id}`;
  switch (principal.role) {
    case "ADMIN":
      return ["admin", user];
    case "SELLER":
      return principal.seller_id === undefined ? [user] : [`seller:${principal.seller_id}`, user];
    case "CLIENT":
      return [`client:${principal.user_id}`, user];
  }
}

/**
 * What a notification makes stale, within its audience: two notifications with one key can be merged into the newer.
 * Statistics have one key for the whole audience; orders, products and notices have one each.
 */
export function staleKeyOf(notification: Notification): string {
  switch (notification.type) {
    case "ADMIN_STATS_UPDATED":
    case "SELLER_STATS_UPDATED":
    case "CLIENT_REGISTERED":
      return notification.type;
    case "ORDER_UPDATED":
      return `ORDER_UPDATED:${String(notification.metadata["order_id"])}`;
    case "PRODUCT_CREATED":
    case "PRODUCT_UPDATED":
    case "PRODUCT_DELETED":
      return `PRODUCT:${String(notification.metadata["product_id"])}`;
    case "LOW_STOCK":
      return `LOW_STOCK:${String(notification.metadata["product_id"])}`;
    case "NOTIFICATION_CREATED":
      return "NOTIFICATION_CREATED";
  }
}
