import { CATALOG_ROOM } from "@espigon/event_contracts";
import { HARMLESS_HEADERS } from "@espigon/service_kit";
import { type AdmitDeps, admitRequest, refuserOf } from "../auth/admitRequest.ts";
import { isAllowedOrigin } from "../auth/isAllowedOrigin.ts";
import { bearerToken } from "../auth/offeredToken.ts";
import type { Client } from "../websockets/client.ts";
import type { Connections } from "../websockets/connections.ts";
import type { Hub } from "../websockets/hub.ts";
import type { Rooms } from "../websockets/rooms.ts";
import { createSseStream } from "./createSseStream.ts";
import type { StreamTopics } from "./streamTopics.ts";

const PREFLIGHT_SECONDS = 600;

export type SseDeps = AdmitDeps & {
  readonly allowQueryToken: boolean;
  readonly topics: StreamTopics;
  readonly heartbeatMs: number;
  /** Sets how long the connection of this request may be silent, in seconds; 0: for ever. */
  readonly setIdleTimeout: (request: Request, seconds: number) => void;
  readonly connections: Connections;
  readonly hub: Pick<Hub, "onDrain" | "send">;
  readonly rooms: Pick<Rooms, "join">;
  /** Tells the connection what it missed since `seq`. */
  readonly resume: (client: Client, seq: number) => Promise<void>;
};

/** Decides on `GET /sse`, by the rules of `/ws`, and answers with a stream of the same frames. */
export async function answerSse(deps: SseDeps, request: Request, url: URL, address: string): Promise<Response> {
  const cors = corsHeaders(request, deps.allowedOrigins);
  const refuser = refuserOf(deps, request, address);
  const refuse: typeof refuser = (status, code, title, details = {}) =>
    refuser(status, code, title, { ...details, headers: { ...cors, ...details.headers } });

  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: cors });
  if (request.method !== "GET") return refuse(405, "METHOD_NOT_ALLOWED", "Only GET", { headers: { allow: "GET" } });
  const wanted = url.searchParams.getAll("room");
  if (wanted.some((room) => room !== CATALOG_ROOM)) {
    return refuse(403, "FORBIDDEN", `A stream joins no room but ${CATALOG_ROOM}`);
  }
  const lastEventId = request.headers.get("last-event-id") ?? "";
  if (!/^\d{0,15}$/.test(lastEventId)) return refuse(400, "INVALID_INPUT", "Last-Event-ID must be a seq");

  const offer = bearerToken({ authorization: request.headers.get("authorization"), url }, deps.allowQueryToken);
  const admitted = await admitRequest(deps, { request, offer, address, refuse });
  if (admitted.kind === "refused") return admitted.response;

  deps.setIdleTimeout(request, 0);
  const stream = createSseStream({
    topics: deps.topics,
    heartbeatMs: deps.heartbeatMs,
    // The engine frees a connection that waits for its reader only by its idle timeout.
    abandon: () => deps.setIdleTimeout(request, 1),
    onDrain: () => deps.hub.onDrain(client),
    onClosed: (code, reason) => deps.connections.closed(client, code, reason),
  });
  const client = deps.connections.opened(stream.socket, admitted.principal, admitted.address);
  request.signal.addEventListener("abort", () => stream.gone());
  if (request.signal.aborted) stream.gone();
  if (wanted.length > 0 && client.state === "open") {
    deps.rooms.join(client, CATALOG_ROOM);
    deps.hub.send(client, { type: "JOINED", room: CATALOG_ROOM });
  }
  // The cut may have fallen between two hints of the last seq, so that seq is told again.
  if (lastEventId !== "") void deps.resume(client, Math.max(0, Number(lastEventId) - 1));
  return new Response(stream.body, {
    headers: {
      ...HARMLESS_HEADERS,
      ...cors,
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // A proxy that collects an answer before it hands it on would hold up every frame.
      "x-accel-buffering": "no",
    },
  });
}

function corsHeaders(request: Request, allowed: readonly string[]): Record<string, string> {
  const origin = request.headers.get("origin");
  if (origin === null || !isAllowedOrigin(origin, allowed)) return { vary: "Origin" };
  const granted = {
    "access-control-allow-methods": "GET",
    "access-control-allow-headers": "authorization, last-event-id",
    "access-control-max-age": String(PREFLIGHT_SECONDS),
  };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    ...(request.method === "OPTIONS" ? granted : {}),
  };
}
