import { z } from "zod";
import { Revocation } from "../events/accessRevoked.ts";

/** An id as others publish it: any short text without control characters. */
const ForeignId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.-]+$/);

const head = {
  metadata: z.record(z.string(), z.unknown()).default({}),
  seq: z.int().nonnegative().optional(),
  at: z.string().max(40).optional(),
};

export const AdminStatsUpdated = z.object({ ...head, type: z.literal("ADMIN_STATS_UPDATED") });
export const SellerStatsUpdated = z.object({
  ...head,
  type: z.literal("SELLER_STATS_UPDATED"),
  seller_id: ForeignId,
});
export const OrderUpdated = z.object({
  ...head,
  type: z.literal("ORDER_UPDATED"),
  seller_id: ForeignId,
  client_id: ForeignId,
});
export const ProductChanged = z.object({
  ...head,
  type: z.enum(["PRODUCT_CREATED", "PRODUCT_UPDATED", "PRODUCT_DELETED"]),
  seller_id: ForeignId,
});
export const LowStock = z.object({ ...head, type: z.literal("LOW_STOCK"), seller_id: ForeignId });
export const ClientRegisteredNotice = z.object({ ...head, type: z.literal("CLIENT_REGISTERED") });
export const NotificationCreated = z.object({
  ...head,
  type: z.literal("NOTIFICATION_CREATED"),
  user_id: ForeignId,
});

/**
 * A hint on channel `events` and in frames: ids and a `seq`, never figures. Who hears it is decided by
 * `audiencesOf` alone. `seq` is absent when somebody else than the publisher sent it.
 */
export const Notification = z.discriminatedUnion("type", [
  AdminStatsUpdated,
  SellerStatsUpdated,
  OrderUpdated,
  ProductChanged,
  LowStock,
  ClientRegisteredNotice,
  NotificationCreated,
]);
export type Notification = z.infer<typeof Notification>;
export type NotificationType = Notification["type"];

/** For services, never in a frame: these tokens are to be refused, and their connections ended. */
export const AccessRevokedNotice = z.object({
  ...head,
  type: z.literal("ACCESS_REVOKED"),
  user_id: ForeignId,
  metadata: Revocation,
});
export type AccessRevokedNotice = z.infer<typeof AccessRevokedNotice>;

/** What channel `events` and the numbered log carry: notifications, and what services tell one another. */
export const FeedMessage = z.discriminatedUnion("type", [...Notification.options, AccessRevokedNotice]);
export type FeedMessage = z.infer<typeof FeedMessage>;
export type FeedMessageType = FeedMessage["type"];

/** A message of the numbered log. */
export type NumberedMessage = FeedMessage & { readonly seq: number };

/** The largest message on a Redis channel that is read, in UTF-8 bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024;
