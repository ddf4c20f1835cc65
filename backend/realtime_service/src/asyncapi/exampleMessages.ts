import type { ClientFrame, FeedMessage, Notification, ServerControlFrame } from "@espigon/event_contracts";

/** A message's name in the document is who says it and its type: `server.TYPING` is not `client.TYPING`. */
type SaidBy<Speaker extends string, Message extends { type: string }> = {
  readonly [M in Message as `${Speaker}.${M["type"]}`]: M;
};
type Examples = SaidBy<"server", ServerControlFrame> &
  SaidBy<"notification", Notification> &
  SaidBy<"service", Exclude<FeedMessage, Notification>> &
  SaidBy<"client", ClientFrame>;

const order = { order_id: 456, status: "payment_confirmed", action: "payment_verified" };
const orderUpdated = {
  type: "ORDER_UPDATED",
  seller_id: "1",
  client_id: "7",
  metadata: { ...order, version: 3 },
  seq: 9120,
} as const;
const product = (action: string) => ({ seller_id: "1", metadata: { product_id: "12", action }, seq: 9120 });

/** One example of everything that is said; a test holds each to its schema. Without `at`, which many readers of YAML take for a date. */
export const EXAMPLE_MESSAGES: Examples = {
  "server.READY": { type: "READY", seq: 9119, audiences: ["seller:1", "user:2"], heartbeat_ms: 15_000 },
  "server.HEAD": { type: "HEAD", audiences: { "seller:1": 9120, "user:2": 0 } },
  "server.DIRTY": { type: "DIRTY", since: 9100, seq: 9120, events: [orderUpdated] },
  "server.RESYNC": { type: "RESYNC", reason: "beyond_window", seq: 9120 },
  "server.JOINED": { type: "JOINED", room: "catalog" },
  "server.ROOM_MESSAGE": { type: "ROOM_MESSAGE", room: "order-9", payload: { text: "hola" } },
  "server.PRESENCE": { type: "PRESENCE", room: "order-9", users: ["2", "7"] },
  "server.TYPING": { type: "TYPING", room: "order-9", user_id: "7" },
  "server.RECONNECT": { type: "RECONNECT", after_ms: 2000 },
  "server.AUTHENTICATED": { type: "AUTHENTICATED", exp: 1_795_536_000 },
  "server.ERROR": { type: "ERROR", code: "FORBIDDEN", message: "This room needs a room token", room: "order-9" },
  "notification.ADMIN_STATS_UPDATED": { type: "ADMIN_STATS_UPDATED", metadata: order, seq: 9120 },
  "notification.SELLER_STATS_UPDATED": { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: order, seq: 9120 },
  "notification.ORDER_UPDATED": orderUpdated,
  "notification.PRODUCT_CREATED": { type: "PRODUCT_CREATED", ...product("product_created") },
  "notification.PRODUCT_UPDATED": { type: "PRODUCT_UPDATED", ...product("product_updated") },
  "notification.PRODUCT_DELETED": { type: "PRODUCT_DELETED", ...product("product_deleted") },
  "notification.LOW_STOCK": {
    type: "LOW_STOCK",
    seller_id: "1",
    metadata: { product_id: "12", product: "Camarón", stock: 4, threshold: 5 },
    seq: 9120,
  },
  "notification.CLIENT_REGISTERED": {
    type: "CLIENT_REGISTERED",
    metadata: { user_id: "7", action: "client_registered" },
    seq: 9120,
  },
  "notification.NOTIFICATION_CREATED": { type: "NOTIFICATION_CREATED", user_id: "7", metadata: {} },
  "service.ACCESS_REVOKED": {
    type: "ACCESS_REVOKED",
    user_id: "7",
    metadata: { reason: "logout", session_ids: ["5f0c"], whole_account: false },
    seq: 9121,
  },
  "client.RESUME": { type: "RESUME", seq: 9100 },
  "client.AUTH": { type: "AUTH", token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.signature" },
  "client.JOIN": { type: "JOIN", room: "order-9", token: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.signature" },
  "client.LEAVE": { type: "LEAVE", room: "order-9" },
  "client.TYPING": { type: "TYPING", room: "order-9" },
};
