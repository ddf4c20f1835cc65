export { Principal } from "./claims.ts";
export { AccessRevoked, Revocation, RevocationReason } from "./events/accessRevoked.ts";
export { Action } from "./events/action.ts";
export { DomainEvent } from "./events/domainEvent.ts";
export { Actor, BusinessDay, Id } from "./events/eventHead.ts";
export {
  ORDER_EVENT_TYPES,
  OrderEvent,
  orderEventType,
  OrderLine,
  OrderStep,
  StockCrossing,
} from "./events/orderEvent.ts";
export { PRODUCT_EVENT_TYPES, ProductEvent } from "./events/productEvent.ts";
export { ClientRegistered, SellerRegistered } from "./events/registrationEvent.ts";
export { ClientFrame, RoomName } from "./frames/clientFrame.ts";
export { type AfterClose, afterClose, CloseCode } from "./frames/closeCode.ts";
export { type ErrorCode, ServerControlFrame, ServerFrame } from "./frames/serverFrame.ts";
export { BasisPoints, Cents, IVA_RATES, type LineAmounts, lineTotal, taxOf, Totals, totalsOf } from "./money.ts";
export {
  type Audience,
  audiencesOf,
  audiencesOfPrincipal,
  CATALOG_ROOM,
  staleKeyOf,
} from "./notifications/audience.ts";
export {
  AccessRevokedNotice,
  FeedMessage,
  type FeedMessageType,
  MAX_MESSAGE_BYTES,
  Notification,
  type NotificationType,
  type NumberedMessage,
} from "./notifications/notification.ts";
export { notificationsFor } from "./notifications/notificationsFor.ts";
export {
  findTransition,
  isCounted,
  ORDER_TRANSITIONS,
  type OrderActor,
  OrderStatus,
  type OrderTransition,
  releasesStock,
} from "./orderStatus.ts";
export { MAX_PERIOD_DAYS, PERIOD_PRESETS, type PeriodPreset } from "./period.ts";
export { Problem } from "./problem.ts";
export {
  BEARER_PREFIX,
  EVENTS_CHANNEL,
  EVENTS_STREAM,
  FLOOR_HEADER,
  HEARTBEAT_MS,
  STREAM_HEARTBEAT_MS,
  MAX_CLIENT_FRAME_BYTES,
  ROOM_CHANNEL_PREFIX,
  SUBPROTOCOL,
} from "./protocol.ts";
export { Role } from "./role.ts";
