import type { FeedLogger } from "./FeedLogger.ts";

/** Between two lines of one kind, in milliseconds: hostile input must not fill a disk. */
const LOG_EVERY_MS = 60_000;

export type LogLimiter = {
  /** Logs the first of a kind at once, then at most one a minute with the number of those that were held back. */
  warn(kind: string, details: object): void;
};

/** `kind`s are few and fixed; each is its own message. */
export function createLogLimiter(logger: FeedLogger | undefined, now: () => number = Date.now): LogLimiter {
  const kinds = new Map<string, { at: number; held: number }>();
  return {
    warn(kind, details) {
      const known = kinds.get(kind);
      if (known !== undefined && now() - known.at < LOG_EVERY_MS) {
        known.held += 1;
        return;
      }
      logger?.warn({ ...details, ...(known === undefined ? {} : { held_back: known.held }) }, kind);
      kinds.set(kind, { at: now(), held: 0 });
    },
  };
}
