import type { ErrorCode, Notification } from "@espigon/event_contracts";

/** Why everything may be stale: the server's reasons, or `connected` when the client has just heard it for the first time. */
export type ResyncReason = "connected" | "beyond_window" | "gap" | "unknown_seq" | "restarted";

/**
 * What a client tells its listeners.
 *
 * - `notification`: something went stale. `replayed` when it came in answer to RESUME: many clients hear it at once, so
 *   spread what you do about it.
 * - `resync`: everything in scope may be stale up to `seq`. For `unknown_seq` the server's numbers have started anew:
 *   forget the old ones.
 * - `room_refused`: the server did not let the client into a room with this token (`MALFORMED`: it cannot even be asked).
 *   `final`: the room is not wanted any more, until `joinRoom`; otherwise the client goes on asking, and this is told once.
 * - the rest: what happens in joined rooms.
 */
export type RealtimeEvent =
  | { readonly kind: "notification"; readonly notification: Notification; readonly replayed: boolean }
  | { readonly kind: "resync"; readonly reason: ResyncReason; readonly seq: number }
  | { readonly kind: "joined"; readonly room: string }
  | {
      readonly kind: "room_refused";
      readonly room: string;
      readonly token?: string | undefined;
      readonly code: ErrorCode;
      readonly final: boolean;
    }
  | { readonly kind: "room_message"; readonly room: string; readonly payload: unknown }
  | { readonly kind: "presence"; readonly room: string; readonly users: readonly string[] }
  | { readonly kind: "typing"; readonly room: string; readonly userId: string };

export type RealtimeListener = (event: RealtimeEvent) => void;
