import type { NumberedMessage } from "@espigon/event_contracts";

/** One entry of the log: everything that one `seq` tells, to all audiences. `notifications` may be empty. */
export type LogEntry = { readonly seq: number; readonly notifications: readonly NumberedMessage[] };

export type BrokerListener = {
  /** A message on a subscribed channel, as it was published, in the order of the channel. */
  onMessage(channel: string, payload: string): void;
  /** Subscribed, for the first time or again: whatever was published before may have been missed. */
  onUp(): void;
  /** The connection is lost or silent: nothing arrives until the next `onUp`. */
  onDown(): void;
};

export type Unsubscribe = () => void;

/**
 * Where the numbered log meets its readers. Both adapters (`memoryBroker`, `redisBroker`) pass one contract suite.
 * Every call ends within 2 s or rejects; a rejected `append` may or may not have taken effect (append again).
 */
export interface Broker {
  /** The last seq of the log, 0 when it is empty. */
  lastSeq(): Promise<number>;
  /**
   * Appends entries (ascending, dense) to the log and publishes each of their notifications on channel `events`, all
   * or nothing. Entries at or below the last seq are skipped, so a repeat does no harm and a writer that has lost its
   * leadership cannot go back. An empty log takes any first seq; otherwise the first new entry must follow the log, or
   * the call rejects with `LogGapError` and nothing is written. So it does where the log was emptied since this broker
   * last saw it: ask for `lastSeq` and fill it again. Resolves to the last seq of the log afterwards.
   * The broker may keep the entries themselves: do not change them afterwards.
   */
  append(entries: readonly LogEntry[]): Promise<number>;
  /**
   * Entries with `seq > after`, ascending, at most `limit`. The log keeps a window only: the first may be later than
   * `after + 1`, and the caller must see that.
   */
  readAfter(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** Publishes a payload to a channel, with no number and no promise of delivery. */
  publish(channel: string, payload: string): Promise<void>;
  /** Listens to channels; a trailing `*` in a name matches any rest. Never throws: an outage is `onDown`. */
  subscribe(channels: readonly string[], listener: BrokerListener): Unsubscribe;
  /** Ends all connections. Pending calls reject. */
  close(): Promise<void>;
}
