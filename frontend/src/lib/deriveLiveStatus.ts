import type { ConnectionState } from "@espigon/realtime_client";
import type { LiveStatus } from "./LiveStatus.ts";

/** A quick resume must not flicker. */
const GRACE_MS = 1_000;
/** Below the promised 10 s, so that the page has time to draw it. */
const STALE_AFTER_MS = 9_000;
const OFFLINE_AFTER_MS = 120_000;

export type LiveFacts = {
  readonly now: number;
  readonly connection: ConnectionState;
  /** `navigator.onLine`. */
  readonly online: boolean;
  /** A session was there and is over. */
  readonly sessionEnded: boolean;
  /** Since when the stalest figures on screen may be old; null when all are the newest that was heard of. */
  readonly staleSince: number | null;
  /** A read of something on screen failed, and has not succeeded since. */
  readonly failing: boolean;
  /** When anything was heard last: an answer or a frame; 0 when nothing has been yet. */
  readonly lastUpdate: number;
};

/** What the indicator shows, from what is known. Pure. Green is never shown over figures that are 10 s stale. */
export function deriveLiveStatus(facts: LiveFacts, retry: () => void): LiveStatus {
  const { now, connection, staleSince } = facts;
  if (facts.sessionEnded) return { kind: "ended" };
  if (!facts.online) {
    const since = Math.min(staleSince ?? now, facts.lastUpdate === 0 ? now : facts.lastUpdate);
    return { kind: "offline", since, retryInMs: retryIn(connection, now), retry };
  }
  const staleAfterMs = facts.failing ? GRACE_MS : STALE_AFTER_MS;
  const staleFigures = staleSince !== null && now - staleSince >= staleAfterMs;
  switch (connection.status) {
    case "closed":
      return connection.reason === "forbidden" || connection.reason === "signed_out"
        ? { kind: "ended" }
        : { kind: "connecting" };
    case "connecting":
      return staleFigures ? { kind: "stale", since: staleSince } : { kind: "connecting" };
    case "live":
      return staleFigures ? { kind: "stale", since: staleSince } : { kind: "live", lastUpdate: facts.lastUpdate };
    case "reconnecting": {
      const heardAt = connection.heardAt ?? connection.since;
      const since = Math.min(heardAt, staleSince ?? heardAt);
      if (now - connection.since >= OFFLINE_AFTER_MS) {
        return { kind: "offline", since, retryInMs: retryIn(connection, now), retry };
      }
      if (staleFigures || now - since >= STALE_AFTER_MS) return { kind: "stale", since };
      const wasLive = connection.heardAt !== null;
      if (wasLive && now - connection.since < GRACE_MS) return { kind: "live", lastUpdate: facts.lastUpdate };
      return { kind: "reconnecting", attempt: connection.attempt };
    }
  }
}

function retryIn(connection: ConnectionState, now: number): number {
  return connection.status === "reconnecting" && connection.retryAt !== null
    ? Math.max(0, connection.retryAt - now)
    : 0;
}
