import type { Audience, Principal } from "@espigon/event_contracts";
import type { TimerTask } from "./timerWheel.ts";
import type { TokenBucket } from "./tokenBucket.ts";

/** What a connection needs of its socket. Bun's ServerWebSocket fits; so does a test double. */
export type ClientSocket = {
  /** Positive: on its way. -1: queued behind a slow reader. 0: dropped. */
  send(text: string): number;
  /** To all subscribers of the topic but this one. */
  publish(topic: string, text: string): unknown;
  subscribe(topic: string): unknown;
  unsubscribe(topic: string): unknown;
  getBufferedAmount(): number;
  close(code: number, reason: string): void;
  terminate(): void;
};

/** The state of one connection. What it may hear was decided from verified claims, and never comes from its frames. */
export type Client = {
  readonly id: string;
  readonly socket: ClientSocket;
  readonly address: string;
  /** Renewed by AUTH; user, role and seller stay the same for life. */
  principal: Principal;
  /** By claims alone; rooms are apart. */
  readonly audiences: readonly Audience[];
  readonly rooms: Set<string>;
  readonly inbound: TokenBucket;
  state: "open" | "closing" | "closed";
  /** Malformed frames so far. */
  strikes: number;
  /** Everything up to this seq, and this many room messages of the node, have left without waiting for its reader. */
  sent: { seq: number; roomMessages: number };
  /** Since when its reader takes nothing, in milliseconds since 1970. */
  stuckSince: number | undefined;
  lastTypingAt: number;
  /** A frame under way that later ones must wait for. */
  busy: Promise<void> | undefined;
  /** The next of each, to be cancelled when it ends. */
  heartbeat: TimerTask<Client> | undefined;
  expiry: TimerTask<Client> | undefined;
};

export function createClient(given: {
  id: string;
  socket: ClientSocket;
  address: string;
  principal: Principal;
  audiences: readonly Audience[];
  inbound: TokenBucket;
}): Client {
  return {
    ...given,
    rooms: new Set(),
    state: "open",
    strikes: 0,
    sent: { seq: 0, roomMessages: 0 },
    stuckSince: undefined,
    lastTypingAt: 0,
    busy: undefined,
    heartbeat: undefined,
    expiry: undefined,
  };
}
