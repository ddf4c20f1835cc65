import { useLiveStatus } from "../hooks/useLiveStatus.ts";

/** Since when what is on screen may be older than it looks, in milliseconds since 1970; null while it is fresh. */
export function useStaleSince(): number | null {
  const status = useLiveStatus();
  return status.kind === "stale" || status.kind === "offline" ? status.since : null;
}
