import type { ConnectionState } from "./ConnectionState.ts";
import type { RealtimeListener } from "./RealtimeEvent.ts";

/** Ends a subscription; harmless when called again. */
export type Unsubscribe = () => void;

/**
 * A connection that keeps itself: it reconnects, resumes and says so. Nothing that the server tells is lost silently:
 * what a lost link or a skipped frame cost comes later, as `notification` or as `resync`.
 */
export interface RealtimeClient {
  /** The same object until the state changes. */
  readonly state: () => ConnectionState;
  readonly onState: (listener: (state: ConnectionState) => void) => Unsubscribe;
  /** Listeners are called in the order of arrival, each notification at most once per `seq` and key. */
  readonly subscribe: (listener: RealtimeListener) => Unsubscribe;
  /** When the server was last heard, in the scheduler's milliseconds; null before the first frame. */
  readonly heardAt: () => number | null;
  /** The highest seq heard, and the one from which a successor would have to resume. */
  readonly position: () => { readonly applied: number; readonly resumePoint: number };
  /** Starts, or starts anew after `closed`. Does nothing while a connection is kept. */
  readonly connect: () => void;
  /** Tries at once instead of waiting for the next attempt; while live, asks the server for a sign of life. */
  readonly retry: () => void;
  /** Hands a newer token of the same user to the open connection, which then outlives the old token. */
  readonly authenticate: (token: string) => void;
  /**
   * Joins a room, now and after every reconnect, until `leaveRoom` or a final `room_refused`. Over an event stream there is
   * only the catalogue: other rooms are joined when sockets get through again.
   */
  readonly joinRoom: (room: string, token?: string) => void;
  readonly leaveRoom: (room: string) => void;
  /** Tells the others of a joined room that the user is typing; dropped while not live. */
  readonly typing: (room: string) => void;
  /** Ends the connection and all timers. Listeners stay. */
  readonly close: () => void;
}
