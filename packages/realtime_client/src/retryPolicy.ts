import { afterClose } from "@espigon/event_contracts";
import { fullJitter } from "./backoff.ts";

/** A browser sees a refused upgrade only as an end before READY: after this many in a row the token is suspect. */
const REFUSALS_BEFORE_REFRESH = 3;

/** A server that asks to back off starts at this attempt: a ceiling of 16 s. */
const BACK_OFF_ATTEMPT = 5;

/** A connection that lives this long was a success; before, its end goes on with the same backoff. */
export const STABLE_MS = 10_000;

export type LinkEnd = {
  /** The WebSocket close code; 1006 when the link was cut, refused or given up. */
  readonly code: number;
  /** How long it was live, in milliseconds; null when it never came to READY. */
  readonly livedMs: number | null;
};

type NextStep =
  | { readonly kind: "stop" }
  | { readonly kind: "retry"; readonly attempt: number; readonly delayMs: number; readonly refreshToken: boolean };

export type RetryPolicy = {
  readonly next: (end: LinkEnd) => NextStep;
  /** The wait is over by itself: a human asked, or the network came back. */
  readonly reset: () => void;
};

/** What to do after each end of a link. No I/O, no clock. */
export function createRetryPolicy(random: () => number): RetryPolicy {
  let attempt = 0;
  let refusals = 0;
  return {
    next({ code, livedMs }) {
      const action = afterClose(code);
      if (action === "stop") return { kind: "stop" };
      if (livedMs !== null && livedMs >= STABLE_MS) attempt = 0;
      attempt += 1;
      if (action === "back_off") attempt = Math.max(attempt, BACK_OFF_ATTEMPT);
      refusals = livedMs === null ? refusals + 1 : 0;
      const suspect = refusals > 0 && refusals % REFUSALS_BEFORE_REFRESH === 0;
      return {
        kind: "retry",
        attempt,
        delayMs: fullJitter(attempt, random),
        refreshToken: action === "refresh_token" || suspect,
      };
    },
    reset() {
      attempt = 0;
    },
  };
}
