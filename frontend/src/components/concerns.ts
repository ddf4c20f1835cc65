import type { Notification } from "@espigon/event_contracts";

/** Which notifications make what is on screen stale. A notification only reaches the audience that it is for. */
type Concerns = (notification: Notification) => boolean;

export const concernsSellerStats: Concerns = ({ type }) => type === "SELLER_STATS_UPDATED";
export const concernsAdminStats: Concerns = ({ type }) => type === "ADMIN_STATS_UPDATED";
export const concernsAnyOrder: Concerns = ({ type }) => type === "ORDER_UPDATED";
/** Orders take from the stock and give back to it. */
export const concernsProducts: Concerns = ({ type }) =>
  type === "PRODUCT_CREATED" || type === "PRODUCT_UPDATED" || type === "PRODUCT_DELETED" || type === "ORDER_UPDATED";

export function concernsOrder(id: number): Concerns {
  return ({ type, metadata }) => type === "ORDER_UPDATED" && metadata["order_id"] === id;
}
