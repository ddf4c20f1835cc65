export type { CloseReason, ConnectionState } from "./ConnectionState.ts";
export { createRealtimeClient, type RealtimeClientOptions } from "./createRealtimeClient.ts";
export { createSharedClient, type SharedClientOptions } from "./sharing/createSharedClient.ts";
export type { TabChannel, TabLock, Tabs } from "./sharing/Tabs.ts";
export { browserSignals, type PageSignals } from "./PageSignals.ts";
export type { RealtimeClient, Unsubscribe } from "./RealtimeClient.ts";
export type { RealtimeEvent, RealtimeListener, ResyncReason } from "./RealtimeEvent.ts";
export { type Cancel, type Scheduler, systemScheduler } from "./Scheduler.ts";
export type { WebSocketConstructor, WebSocketLike } from "./transport.ts";
