import type { Principal } from "@espigon/event_contracts";
import type { TokenBucket } from "./tokenBucket.ts";

/** What a connection needs of its socket. Bun's ServerWebSocket fits; so does a test double. */
export type ClientSocket = {
  /** The longest silence between two HEADs; by default the node's. */
  readonly heartbeatMs?: number;
  /** Positive: on its way. -1: queued behind a slow reader. 0: dropped, and a socket is cut off with that. */
  send(text: string): number;
  /** To all subscribers of the topic but this one. */
  publish(topic: string, text: string): unknown;
  subscribe(topic: string): unknown;
  unsubscribe(topic: string): unknown;
  getBufferedAmount(): number;
  close(code: number, reason: string): void;
  terminate(): void;
};

/**
 * The state of one connection. What it may hear was decided from verified claims, and never comes from its frames.
 * One flat object of twelve fields: that is 112 bytes in this runtime, and one more would make it 160. As a bucket, it
 * holds what the client may still send.
 */
export type Client = TokenBucket & {
  readonly id: number;
  readonly socket: ClientSocket;
  readonly address: string;
  /** Renewed by AUTH; user, role and seller stay the same for life. */
  principal: Principal;
  rooms: ReadonlySet<string>;
  state: "open" | "closing" | "closed";
  /** Malformed frames so far. */
  strikes: number;
  /** Everything up to this seq, and this many room messages of the node, have left without waiting for its reader. */
  sentSeq: number;
  sentRoomMessages: number;
  /** Since when its reader takes nothing, in milliseconds since 1970. */
  stuckSince: number | undefined;
  /** A frame under way that later ones must wait for. */
  busy: Promise<void> | undefined;
};

/** Most connections are in no room: they share this set. */
export const NO_ROOMS: ReadonlySet<string> = new Set();

export function createClient(id: number, socket: ClientSocket, principal: Principal, address: string): Client {
  return {
    id,
    socket,
    address,
    principal,
    rooms: NO_ROOMS,
    state: "open",
    strikes: 0,
    sentSeq: 0,
    sentRoomMessages: 0,
    stuckSince: undefined,
    busy: undefined,
    fullAt: 0,
  };
}
