import { z } from "zod";
import { Notification } from "../notifications/notification.ts";

const Seq = z.int().nonnegative();

export const Ready = z
  .object({
    type: z.literal("READY"),
    seq: Seq,
    audiences: z.array(z.string()),
    heartbeat_ms: z.int().positive().describe("The longest silence between two HEAD, in milliseconds."),
  })
  .describe("You hear everything from `seq` on. Answer with RESUME.");
export const Head = z
  .object({ type: z.literal("HEAD"), audiences: z.record(z.string(), Seq) })
  .describe("The last seq of each audience of the connection: what a quiet client should have seen. Higher: RESUME.");
export const Dirty = z
  .object({ type: z.literal("DIRTY"), since: Seq, seq: Seq, events: z.array(Notification) })
  .describe("Answer to RESUME: the newest event for each key that went stale since; maybe none.");
export const Resync = z
  .object({
    type: z.literal("RESYNC"),
    reason: z.enum(["beyond_window", "gap", "unknown_seq", "restarted"]),
    seq: Seq,
  })
  .describe("Everything in the connection's audiences may be stale: read it again, with floor `seq`.");
export const Joined = z
  .object({ type: z.literal("JOINED"), room: z.string() })
  .describe("The connection hears the room from here on.");
export const RoomMessage = z
  .object({ type: z.literal("ROOM_MESSAGE"), room: z.string(), payload: z.unknown() })
  .describe("What was published on the room's Redis channel, as it is.");
export const Presence = z
  .object({ type: z.literal("PRESENCE"), room: z.string(), users: z.array(z.string()) })
  .describe("The user ids that are in the room on this node, a hundred at most. Not told in `catalog`.");
export const TypingNotice = z
  .object({ type: z.literal("TYPING"), room: z.string(), user_id: z.string() })
  .describe("Another member of the room is typing; once a second at most.");
export const Reconnect = z
  .object({ type: z.literal("RECONNECT"), after_ms: z.int().nonnegative() })
  .describe("The node is about to leave: open a new socket within `after_ms`, then close this one.");
export const Authenticated = z
  .object({ type: z.literal("AUTHENTICATED"), exp: z.int() })
  .describe("The token given by AUTH was taken; `exp` in seconds since 1970.");
export const ErrorFrame = z
  .object({
    type: z.literal("ERROR"),
    code: z.enum(["MALFORMED", "UNKNOWN_TYPE", "FORBIDDEN", "INVALID_TOKEN", "TOO_MANY_ROOMS", "RATE_LIMITED"]),
    message: z.string(),
    room: z.string().optional().describe("The room of the JOIN that was refused; absent for all else."),
  })
  .describe("What the client said was refused. The connection goes on, unless a close follows.");
export type ErrorCode = z.infer<typeof ErrorFrame>["code"];

/** Control frames of the server; notifications travel as they are. Clients ignore types that they do not know. */
export const ServerControlFrame = z.discriminatedUnion("type", [
  Ready,
  Head,
  Dirty,
  Resync,
  Joined,
  RoomMessage,
  Presence,
  TypingNotice,
  Reconnect,
  Authenticated,
  ErrorFrame,
]);
export type ServerControlFrame = z.infer<typeof ServerControlFrame>;

export const ServerFrame = z.union([ServerControlFrame, Notification]);
export type ServerFrame = z.infer<typeof ServerFrame>;
