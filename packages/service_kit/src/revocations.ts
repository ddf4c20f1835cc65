import type { FeedMessage, Principal } from "@espigon/event_contracts";
import { UNDATED_TOKEN_LIFE_S, type VerifyAccessToken } from "./accessToken.ts";

/** How long an access token of ours lives (contract: 15 minutes), in milliseconds. */
const TOKEN_LIFE_MS = 15 * 60_000;
/** Clocks that issue tokens are not further ahead than this, in milliseconds. */
const CLOCK_SKEW_MS = 60_000;
/** No token of the moment of a revocation lives longer than this, but for those that say when they were issued. */
const KEPT_MS = UNDATED_TOKEN_LIFE_S * 1000 + 2 * CLOCK_SKEW_MS;
/** An event may come into the log so much later than it happened, in milliseconds: no transaction lasts longer. */
const LATENESS_MS = 60_000;
const MAX_KEPT = 100_000;

/** `doubtful`: until a newer token is shown. */
export type RevocationVerdict = "good" | "revoked" | "doubtful";

/** What of the log says which tokens are refused, though they have not expired. To be fed by a feed, in its order. */
export type Revocations = {
  /** Reading begins after `seq`: what was revoked before the first notification is not known. */
  startAfter(seq: number): void;
  /** Every notification of the log and, unnumbered, of the channel; those of the log tell the time of its window. */
  hear(notification: FeedMessage): void;
  /** Something was missed until now. */
  miss(): void;
  verdictOn(principal: Principal): RevocationVerdict;
  /** The same verifier, but for what is revoked; what is doubtful counts as expired. */
  guard(verify: VerifyAccessToken): VerifyAccessToken;
};

/**
 * Remembers what was revoked for a day. Where it cannot know, because the log's window begins later, or the day is over,
 * or more was revoked than `maxKept`, tokens issued by then are doubtful: their holders must get a new one, and so prove
 * to rest_service that their session stands. Never lets a revoked token pass that says when it was issued; memory is
 * bounded.
 */
export function createRevocations(options: { now: () => number; maxKept?: number }): Revocations {
  const { now, maxKept = MAX_KEPT } = options;
  /** When a session, or the sessionless tokens of a user, were revoked; in that order. */
  const revokedAt = new Map<string, number>();
  let doubtfulUntil = -Infinity;
  let beginning: "unknown" | "known" = "known";

  const distrustUntil = (at: number) => {
    doubtfulUntil = Math.max(doubtfulUntil, at);
  };
  const remember = (key: string) => {
    revokedAt.delete(key);
    revokedAt.set(key, now());
  };
  const forget = () => {
    for (const [key, at] of revokedAt) {
      if (at + KEPT_MS >= now() && revokedAt.size <= maxKept) return;
      distrustUntil(at);
      revokedAt.delete(key);
    }
  };
  const verdictOn = (principal: Principal): RevocationVerdict => {
    const at = revokedAt.get(keyOf(principal.user_id, principal.session_id));
    // A session does not begin again; who has none may have been given a new token since.
    const issuedAt = (principal.session_id === undefined ? principal.issued_at : undefined) ?? 0;
    if (at !== undefined && issuedAt * 1000 <= at + CLOCK_SKEW_MS) return "revoked";
    return likelyIssuedAt(principal) <= doubtfulUntil ? "doubtful" : "good";
  };

  return {
    startAfter(seq) {
      if (seq === 0) return;
      beginning = "unknown";
      doubtfulUntil = now();
    },
    hear(notification) {
      const at = Date.parse(notification.at ?? "");
      if (beginning === "unknown" && notification.seq !== undefined && !Number.isNaN(at)) {
        beginning = "known";
        doubtfulUntil = Math.min(doubtfulUntil, at + LATENESS_MS);
      }
      if (notification.type !== "ACCESS_REVOKED") return;
      const { session_ids, whole_account } = notification.metadata;
      for (const session of session_ids) remember(keyOf(notification.user_id, session));
      if (whole_account) remember(keyOf(notification.user_id, undefined));
      forget();
    },
    miss: () => distrustUntil(now()),
    verdictOn,
    guard: (verify) => async (token) => {
      const verdict = await verify(token);
      if (verdict.kind !== "valid") return verdict;
      switch (verdictOn(verdict.principal)) {
        case "good":
          return verdict;
        case "revoked":
          return { kind: "revoked" };
        case "doubtful":
          return { kind: "expired" };
      }
    },
  };
}

/** In milliseconds; a token that does not tell is taken for one that lives as long as ours. */
function likelyIssuedAt({ issued_at, expires_at }: Principal): number {
  return issued_at === undefined ? expires_at * 1000 - TOKEN_LIFE_MS : issued_at * 1000;
}

/** A session is named with its user, so that nobody can revoke another's by naming it. */
function keyOf(userId: string, sessionId: string | undefined): string {
  return JSON.stringify([userId, sessionId ?? null]);
}
