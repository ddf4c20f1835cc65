import type { Principal } from "@espigon/event_contracts";
import type { Client } from "./client.ts";

/** What travels with a socket from its upgrade to its end. */
export type SocketData = {
  readonly principal: Principal;
  readonly address: string;
  /** Set when the socket has opened. */
  client?: Client;
};
