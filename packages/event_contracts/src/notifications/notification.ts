import { z } from "zod";
import { Revocation } from "../events/accessRevoked.ts";

/** An id as others publish it: any short text without control characters. */
const ForeignId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.-]+$/);

const head = {
  metadata: z
    .record(z.string(), z.unknown())
    .default({})
    .describe("Ids, and what happened as `action`. `count`: how many hints this one stands for."),
  seq: z.int().nonnegative().optional().describe("Absent where somebody else than the publisher sent it."),
  at: z.string().max(40).optional().describe("The instant of the change, ISO 8601 UTC."),
};

export const AdminStatsUpdated = z
  .object({ ...head, type: z.literal("ADMIN_STATS_UPDATED") })
  .describe("Figures of the whole market are stale.");
export const SellerStatsUpdated = z
  .object({ ...head, type: z.literal("SELLER_STATS_UPDATED"), seller_id: ForeignId })
  .describe("Figures of one seller are stale.");
export const OrderUpdated = z
  .object({ ...head, type: z.literal("ORDER_UPDATED"), seller_id: ForeignId, client_id: ForeignId })
  .describe("An order was placed or changed: `metadata.order_id`.");
export const ProductChanged = z
  .object({ ...head, type: z.enum(["PRODUCT_CREATED", "PRODUCT_UPDATED", "PRODUCT_DELETED"]), seller_id: ForeignId })
  .describe("A product of the catalogue changed: `metadata.product_id`.");
export const LowStock = z
  .object({ ...head, type: z.literal("LOW_STOCK"), seller_id: ForeignId })
  .describe("A change took a product's stock to its threshold or below: `metadata.product_id`.");
export const ClientRegisteredNotice = z
  .object({ ...head, type: z.literal("CLIENT_REGISTERED") })
  .describe("There is a new client.");
export const NotificationCreated = z
  .object({ ...head, type: z.literal("NOTIFICATION_CREATED"), user_id: ForeignId })
  .describe("There is something new to tell one user.");

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

export const AccessRevokedNotice = z
  .object({ ...head, type: z.literal("ACCESS_REVOKED"), user_id: ForeignId, metadata: Revocation })
  .describe("For services, never in a frame: these tokens are to be refused, and their connections ended.");
export type AccessRevokedNotice = z.infer<typeof AccessRevokedNotice>;

/** What channel `events` and the numbered log carry: notifications, and what services tell one another. */
export const FeedMessage = z.discriminatedUnion("type", [...Notification.options, AccessRevokedNotice]);
export type FeedMessage = z.infer<typeof FeedMessage>;
export type FeedMessageType = FeedMessage["type"];

/** A message of the numbered log. */
export type NumberedMessage = FeedMessage & { readonly seq: number };

/** The largest message on a Redis channel that is read, in UTF-8 bytes. */
export const MAX_MESSAGE_BYTES = 64 * 1024;
