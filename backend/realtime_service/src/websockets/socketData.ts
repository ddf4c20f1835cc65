import type { Principal } from "@espigon/event_contracts";
import type { Client } from "./client.ts";

/** What a socket carries: whom it was granted to, until it has opened; then the connection's state. */
export type SocketData = Client | Upgrading;

export type Upgrading = { readonly state: "upgrading"; readonly principal: Principal; readonly address: string };
