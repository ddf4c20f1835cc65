import type { Principal } from "./claims.ts";
import { FeedMessage, type FeedMessageType } from "./notifications/notification.ts";

const expires_at = 4_000_000_000;

/** One principal of each kind that the isolation of tenants tells apart. */
export const PRINCIPALS = {
  admin: { user_id: "1", role: "ADMIN", expires_at },
  "own seller": { user_id: "2", role: "SELLER", seller_id: "123", expires_at },
  "other seller": { user_id: "3", role: "SELLER", seller_id: "7", expires_at },
  // Its user id is the other's seller id, and so on: ids of different kinds must not be mistaken for one another.
  "own client": { user_id: "7", role: "CLIENT", expires_at },
  "other client": { user_id: "123", role: "CLIENT", expires_at },
} as const satisfies Record<string, Principal>;
export type PrincipalName = keyof typeof PRINCIPALS;

/** Who hears what, as docs/protocol.md states it: a table of its own, so that a wrong rule differs from it. */
export const HEARD_BY: Record<FeedMessageType, readonly PrincipalName[]> = {
  ADMIN_STATS_UPDATED: ["admin"],
  SELLER_STATS_UPDATED: ["own seller"],
  ORDER_UPDATED: ["own seller", "own client"],
  PRODUCT_CREATED: ["admin", "own seller"],
  PRODUCT_UPDATED: ["admin", "own seller"],
  PRODUCT_DELETED: ["admin", "own seller"],
  LOW_STOCK: ["own seller"],
  CLIENT_REGISTERED: ["admin"],
  NOTIFICATION_CREATED: ["own client"],
  ACCESS_REVOKED: [],
};

/** What those hear besides who have joined the catalogue. */
export const HEARD_IN_CATALOG: readonly FeedMessageType[] = ["PRODUCT_CREATED", "PRODUCT_UPDATED", "PRODUCT_DELETED"];

/** A message of this type about the own seller and the own client. */
export function sampleOf(type: FeedMessageType): FeedMessage {
  const metadata = { order_id: 1, product_id: "1", reason: "logout", session_ids: ["gone"], whole_account: false };
  return FeedMessage.parse({ type, seller_id: "123", client_id: "7", user_id: "7", metadata });
}
