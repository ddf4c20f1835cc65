import type { ConnectionState } from "../ConnectionState.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";

/** A room and its token, if it needs one. */
export type WantedRoom = readonly [room: string, token?: string];

/** What the leader tells the others. */
export type LeaderMessage = {
  /** Each leader's is higher than all before it: messages of a lower one are of a leader that has been replaced. */
  readonly term: number;
  /** Counts the messages of this term: 1, 2, 3, … */
  readonly n: number;
  /** Everything after this seq is told in this term; null: not known yet. */
  readonly from: number | null;
  /** The highest seq heard, and the one from which a successor that has heard this message has to resume. */
  readonly applied: number;
  readonly resumePoint: number;
  readonly state: ConnectionState;
  readonly heardAt: number | null;
  readonly event?: RealtimeEvent;
};

/** What a follower asks of the leader. */
export type FollowerMessage =
  /** Somebody has come: tell where we stand. */
  | { readonly kind: "hello" }
  /** Somebody is looking at this tab. */
  | { readonly kind: "looking" }
  /** All rooms that this tab wants to be in; none when it goes. */
  | { readonly kind: "rooms"; readonly tab: string; readonly rooms: readonly WantedRoom[] }
  | { readonly kind: "typing"; readonly room: string }
  | { readonly kind: "retry" };

export type TabMessage = LeaderMessage | FollowerMessage;

/** Tabs of one origin trust one another; tabs with another version of the program may not speak the same. */
export const TAB_PROTOCOL = 2;
