import type { FeedMessage } from "@espigon/event_contracts";
import type { LogEntry } from "./Broker.ts";

/**
 * `starting`: the window of the log is being read; `live`: everything that the log holds has been delivered;
 * `repairing`: entries were missed and are being fetched; `down`: the broker is out of reach.
 */
export type FeedStatus = "starting" | "live" | "repairing" | "down";

/** Seqs that the log no longer holds, both inclusive. */
export type Gap = { readonly from: number; readonly to: number };

/** The log now ends at `at`, and its numbers up to there are no longer those that were told, up to `former`. */
export type Restart = { readonly at: number; readonly former: number };

/** Listeners must not throw. Calls come one at a time, never from inside a call to the feed. */
export type FeedListener = {
  /**
   * One entry of the log, whole; ascending and without holes, each seq once, except what `onGap` has told before.
   * `history`: it was in the log already when the feed started.
   */
  onEntry(entry: LogEntry, when: "history" | "live"): void;
  /** Reading begins after `seq`: nothing at or below it will be delivered. Comes once, before anything else. */
  onStart?(seq: number): void;
  /** These seqs can no longer be had: whatever they told is unknown. */
  onGap(gap: Gap): void;
  /**
   * The log has begun anew, as after a database was restored from a backup: what was told until now is void, and what
   * comes next follows `at`. What the log tells up to there is unknown.
   */
  onRestart(restart: Restart): void;
  /** A notification that somebody published by hand: live only, without a number. */
  onUnnumbered(notification: FeedMessage): void;
  /** A message to a room; `payload` is valid JSON text. */
  onRoomMessage?(room: string, payload: string): void;
  onStatus?(status: FeedStatus): void;
};

/** What a feed has seen since it was created. Each only grows. */
export type FeedCounters = {
  entries: number;
  unnumbered: number;
  room_messages: number;
  malformed: number;
  oversized: number;
  /** Announcements of seqs that had been delivered. */
  duplicates: number;
  /** Messages whose number is beyond the end of the log. */
  disbelieved: number;
  gaps: number;
  /** Times that the log was found shorter than what had been delivered. */
  rewinds: number;
  /** Times that the log was found to have begun anew. */
  restarts: number;
  failed_reads: number;
};

export type Feed = {
  start(): void;
  /** Ends all subscriptions and timers. Nothing is delivered afterwards. */
  stop(): void;
  /** The last seq that was delivered or given up; 0 before the first. */
  readonly head: number;
  readonly status: FeedStatus;
  readonly counters: Readonly<FeedCounters>;
  /** Looks at the broker once, now; resolves when what it held has been delivered, or when it cannot be reached. */
  check(): Promise<void>;
};
