import { CloseCode, MAX_CLIENT_FRAME_BYTES } from "@espigon/event_contracts";
import type { Logger } from "@espigon/service_kit";
import type { ServerWebSocket, WebSocketHandler } from "bun";
import type { Admission } from "../admission/admission.ts";
import type { Client } from "./client.ts";
import type { Connections } from "./connections.ts";
import type { EndConnection } from "./connectionEnd.ts";
import type { SocketData } from "./socketData.ts";
import { type Rate, takeToken } from "./tokenBucket.ts";

/**
 * Bytes that wait for one slow reader; with more, the engine cuts it off. It must not skip frames instead: it tells
 * nobody which, and once the reader has taken a little, later frames would reach it over the hole.
 */
const BACKPRESSURE_LIMIT = 64 * 1024;
/** A peer that answers no ping for about this long is gone, in seconds. */
const IDLE_TIMEOUT_S = 32;

export type SocketHandlersDeps = {
  readonly connections: Connections;
  readonly end: EndConnection;
  readonly onFrame: (client: Client, message: string | Uint8Array) => void;
  readonly inbound: Rate;
  readonly admission: Pick<Admission, "release">;
  readonly logger: Logger;
  readonly now: () => number;
};

/** What Bun calls for each socket. Compression stays off: Bun would pay it once per subscriber. */
export function createSocketHandlers(deps: SocketHandlersDeps): WebSocketHandler<SocketData> {
  const { logger } = deps;

  const countInbound = (client: Client | undefined) => {
    if (client?.state !== "open" || takeToken(client, deps.inbound, deps.now())) return;
    deps.end(client, CloseCode.POLICY, "too many pings");
  };

  return {
    maxPayloadLength: MAX_CLIENT_FRAME_BYTES,
    backpressureLimit: BACKPRESSURE_LIMIT,
    closeOnBackpressureLimit: true,
    idleTimeout: IDLE_TIMEOUT_S,
    perMessageDeflate: false,
    open(socket) {
      const { principal, address } = socket.data;
      socket.data = deps.connections.opened(socket, principal, address);
    },
    message(socket, message) {
      const client = clientOf(socket);
      if (client !== undefined) deps.onFrame(client, message);
    },
    ping: (socket) => countInbound(clientOf(socket)),
    pong: (socket) => countInbound(clientOf(socket)),
    drain(socket) {
      const client = clientOf(socket);
      if (client !== undefined) client.stuckSince = undefined;
    },
    close(socket, code, reason) {
      const { principal, address } = socket.data;
      const client = clientOf(socket);
      if (client === undefined) deps.admission.release(principal.user_id, address);
      else deps.connections.closed(client, code, reason);
    },
    error(error, socket) {
      logger.error({ err: error, connection: clientOf(socket)?.id }, "a socket handler failed");
    },
  };
}

/** The connection of a socket; none before it has opened. */
function clientOf({ data }: ServerWebSocket<SocketData>): Client | undefined {
  return data.state === "upgrading" ? undefined : data;
}
