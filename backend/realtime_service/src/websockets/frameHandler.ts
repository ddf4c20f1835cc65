import { CATALOG_ROOM, type ClientFrame, CloseCode, type ErrorCode } from "@espigon/event_contracts";
import type { Logger, RoomWish, VerifyAccessToken } from "@espigon/service_kit";
import { isSamePrincipal, principalShownAt } from "../auth/tokenExpiry.ts";
import type { RealtimeMetrics } from "../monitoring/metrics.ts";
import type { Client } from "./client.ts";
import type { EndConnection } from "./connectionEnd.ts";
import type { Resume } from "./createResume.ts";
import type { Hub } from "./hub.ts";
import { readFrame } from "./readFrame.ts";
import type { Rooms } from "./rooms.ts";
import { type Rate, takeToken } from "./tokenBucket.ts";

/** So many malformed frames are answered by ERROR; the next one closes the connection. */
const STRIKES = 2;

export type FrameHandlerDeps = {
  readonly hub: Hub;
  readonly rooms: Rooms;
  readonly end: EndConnection;
  readonly verifyToken: VerifyAccessToken;
  readonly verifyRoomToken: (token: string, wanted: RoomWish) => Promise<boolean>;
  /** To be called when a connection has a new token. */
  readonly watchExpiry: (client: Client) => void;
  readonly resume: Resume;
  readonly metrics: RealtimeMetrics;
  readonly logger: Logger;
  readonly maxRooms: number;
  readonly inbound: Rate;
  readonly now: () => number;
};

/** Handles what clients send: one frame after the other for each connection. Never throws. */
export function createFrameHandler(deps: FrameHandlerDeps): (client: Client, message: string | Uint8Array) => void {
  const { hub, rooms, end } = deps;
  const refuse = (client: Client, code: ErrorCode, message: string) =>
    hub.send(client, { type: "ERROR", code, message });

  const join = async (client: Client, room: string, token: string | undefined) => {
    const refuseRoom = (code: ErrorCode, message: string) => hub.send(client, { type: "ERROR", code, message, room });
    if (client.rooms.size >= deps.maxRooms && !client.rooms.has(room)) {
      return refuseRoom("TOO_MANY_ROOMS", `At most ${deps.maxRooms} rooms`);
    }
    if (room !== CATALOG_ROOM) {
      if (token === undefined) return refuseRoom("FORBIDDEN", "This room needs a room token");
      const { user_id, role } = client.principal;
      if (!(await deps.verifyRoomToken(token, { room, user_id, role }))) {
        return refuseRoom("INVALID_TOKEN", "The room token is not valid for this room and user");
      }
      if (client.state !== "open") return;
    }
    rooms.join(client, room);
    hub.send(client, { type: "JOINED", room });
  };

  const renew = async (client: Client, token: string) => {
    const verdict = await deps.verifyToken(token);
    if (client.state !== "open") return;
    if (verdict.kind !== "valid") return refuse(client, "INVALID_TOKEN", "The token is not valid");
    if (!isSamePrincipal(client.principal, verdict.principal)) {
      return end(client, CloseCode.FORBIDDEN, "the token is of another principal");
    }
    client.principal = principalShownAt(deps.now(), verdict.principal);
    deps.watchExpiry(client);
    hub.send(client, { type: "AUTHENTICATED", exp: verdict.principal.expires_at });
  };

  const handle = async (client: Client, frame: ClientFrame): Promise<void> => {
    if (client.state !== "open") return;
    switch (frame.type) {
      case "RESUME":
        return deps.resume(client, frame.seq);
      case "AUTH":
        return renew(client, frame.token);
      case "JOIN":
        return join(client, frame.room, frame.token);
      case "LEAVE":
        return rooms.leave(client, frame.room);
      case "TYPING":
        if (client.rooms.has(frame.room)) return rooms.typing(client, frame.room);
        return refuse(client, "FORBIDDEN", "Join the room first");
    }
  };

  const inOrder = (client: Client, frame: ClientFrame) => {
    const before = client.busy ?? Promise.resolve();
    const run = before
      .then(() => handle(client, frame))
      .catch((error: unknown) => {
        deps.logger.error({ err: error, connection: client.id, frame: frame.type }, "a frame could not be handled");
        end(client, CloseCode.RESTART, "internal error");
      });
    client.busy = run;
    void run.finally(() => {
      if (client.busy === run) client.busy = undefined;
    });
  };

  return (client, message) => {
    if (client.state !== "open") return;
    if (!takeToken(client, deps.inbound, deps.now())) return end(client, CloseCode.POLICY, "too many frames");
    const read = readFrame(message);
    if (read.kind === "frame") return inOrder(client, read.frame);
    deps.metrics.malformedFrame();
    if (read.kind === "unknown_type") return refuse(client, "UNKNOWN_TYPE", "This type of frame is not known");
    client.strikes += 1;
    refuse(client, "MALFORMED", "This is not a frame of espigon.v1");
    if (client.strikes > STRIKES) end(client, CloseCode.MALFORMED, "malformed frames");
  };
}
