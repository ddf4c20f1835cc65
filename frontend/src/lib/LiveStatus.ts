/**
 * What the live indicator shows. Times are milliseconds since 1970.
 *
 * - `live`: the link answers and every figure on screen is fresh. Never while figures are more than 10 s stale.
 * - `connecting`, `reconnecting`: no link yet, or not again; `attempt` counts from 1.
 * - `stale`: figures may be older than they look, `since` then; they stay on screen.
 * - `offline`: no network, or no link for two minutes; figures are of `since`; `retry` tries at once.
 * - `ended`: the session is over; nothing is tried by itself.
 */
export type LiveStatus =
  | { readonly kind: "live"; readonly lastUpdate: number }
  | { readonly kind: "connecting" }
  | { readonly kind: "reconnecting"; readonly attempt: number }
  | { readonly kind: "stale"; readonly since: number }
  | { readonly kind: "offline"; readonly since: number; readonly retryInMs: number; readonly retry: () => void }
  | { readonly kind: "ended" };
