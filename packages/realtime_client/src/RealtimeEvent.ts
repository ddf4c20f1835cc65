import type { Notification } from "@espigon/event_contracts";

/** Why everything may be stale: the server's reasons, or `connected` when the client has just heard it for the first time. */
export type ResyncReason = "connected" | "beyond_window" | "gap" | "unknown_seq" | "restarted";

/**
 * What a client tells its listeners.
 *
 * - `notification`: something went stale. `replayed` when it came in answer to RESUME: many clients hear it at once, so
 *   spread what you do about it.
 * - `resync`: everything in scope may be stale up to `seq`. For `unknown_seq` the server's numbers have started anew:
 *   forget the old ones.
 * - the rest: what happens in joined rooms.
 */
export type RealtimeEvent =
  | { readonly kind: "notification"; readonly notification: Notification; readonly replayed: boolean }
  | { readonly kind: "resync"; readonly reason: ResyncReason; readonly seq: number }
  | { readonly kind: "joined"; readonly room: string }
  | { readonly kind: "room_message"; readonly room: string; readonly payload: unknown }
  | { readonly kind: "presence"; readonly room: string; readonly users: readonly string[] }
  | { readonly kind: "typing"; readonly room: string; readonly userId: string };

export type RealtimeListener = (event: RealtimeEvent) => void;
