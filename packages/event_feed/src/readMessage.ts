import { MAX_MESSAGE_BYTES, FeedMessage, ROOM_CHANNEL_PREFIX, RoomName } from "@espigon/event_contracts";
import { nestsTooDeep } from "./nesting.ts";

export type ReadMessage =
  | { readonly kind: "unnumbered"; readonly notification: FeedMessage }
  /** Claims a number; what it says is to be checked against the log. */
  | { readonly kind: "numbered"; readonly seq: number; readonly claim: unknown }
  /** `payload` is JSON text as it was published, checked to be whole. */
  | { readonly kind: "room"; readonly room: string; readonly payload: string }
  | { readonly kind: "oversized" }
  | { readonly kind: "malformed" };

/** Reads a message of a Redis channel, which anyone may have published. Never throws. */
export function readMessage(channel: string, payload: string): ReadMessage {
  if (isOversized(payload)) return { kind: "oversized" };
  const json = parse(payload);
  if (json === undefined) return { kind: "malformed" };
  if (channel.startsWith(ROOM_CHANNEL_PREFIX)) {
    const room = RoomName.safeParse(channel.slice(ROOM_CHANNEL_PREFIX.length));
    return room.success ? { kind: "room", room: room.data, payload } : { kind: "malformed" };
  }
  const seq = seqOf(json.value);
  return seq === undefined ? readNotification(json.value) : { kind: "numbered", seq, claim: json.value };
}

/** Takes a claim without its number. */
export function readNotification(claim: unknown): ReadMessage {
  const parsed = FeedMessage.safeParse(claim);
  if (!parsed.success) return { kind: "malformed" };
  const { seq: _unbelieved, ...notification } = parsed.data;
  return { kind: "unnumbered", notification };
}

/** A character has at most three bytes, so most messages need not be counted. */
function isOversized(payload: string): boolean {
  if (payload.length > MAX_MESSAGE_BYTES) return true;
  return payload.length > MAX_MESSAGE_BYTES / 3 && Buffer.byteLength(payload) > MAX_MESSAGE_BYTES;
}

function parse(payload: string): { value: unknown } | undefined {
  if (nestsTooDeep(payload)) return undefined;
  try {
    return { value: JSON.parse(payload) };
  } catch {
    return undefined;
  }
}

function seqOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("seq" in value)) return undefined;
  return Number.isSafeInteger(value.seq) && (value.seq as number) > 0 ? (value.seq as number) : undefined;
}
