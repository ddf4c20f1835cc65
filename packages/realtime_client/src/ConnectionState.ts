/**
 * How a client stands with the server. Times are milliseconds of the client's scheduler (by default since 1970).
 *
 * - `connecting`: the first socket is on its way; nothing has been heard yet.
 * - `live`: the link answers and whatever had been missed is known.
 * - `reconnecting`: there is no link and one is being made. `attempt` counts from 1; `heardAt` is when the server was
 *   last heard on a link that was live (null: none has been yet), `retryAt` when the next attempt starts (null while one
 *   is under way).
 * - `closed`: ended for good, until `connect` is called again.
 */
export type ConnectionState =
  | { readonly status: "connecting" }
  | { readonly status: "live"; readonly since: number }
  | {
      readonly status: "reconnecting";
      readonly attempt: number;
      readonly since: number;
      readonly heardAt: number | null;
      readonly retryAt: number | null;
    }
  | { readonly status: "closed"; readonly reason: CloseReason };

/** `stopped`: by `close`. `signed_out`: there is no token. `forbidden`: the server refused for good (4403). */
export type CloseReason = "idle" | "stopped" | "signed_out" | "forbidden";
