/** How a query stands. Times are milliseconds of the scheduler. The same object until something changes. */
export type RefetchState = {
  readonly inFlight: boolean;
  /** Why the last attempt failed; undefined after a success. */
  readonly error: Error | undefined;
  /** The newest `asOf` that came; null before the first answer. */
  readonly shown: number | null;
  /** Since when what is shown may be old; null when it is the newest that was heard of. */
  readonly staleSince: number | null;
  /** When the last answer came. */
  readonly answeredAt: number | null;
};

/**
 * Keeps one query as fresh as the hints ask for, and the server no busier than it must be:
 * - one request in flight, never more; then again while the answer is behind what was heard (`want`);
 * - at once after a pause, then at least 250 ms apart, 1 s while answers keep arriving already behind, and 250 ms again
 *   after a second without hints;
 * - spread over a second when many clients hear the same (`spread`);
 * - a hidden page waits and reads once when it is seen again, also when nothing was heard but the answer is a minute old;
 *   only the first read is made hidden too;
 * - a failure is retried with backoff from 0.5 s up to 30 s, a final one not before the next hint or `refetch`.
 */
export interface RefetchCoordinator {
  /** Something that concerns the query happened at `seq`; at once, or somewhere within a second when `spread`. */
  readonly hint: (seq: number, options?: { readonly spread?: boolean }) => void;
  /** What is shown may be old in a way that no number tells: an answer asked for from now on is needed. */
  readonly refetch: (options?: { readonly spread?: boolean }) => void;
  /** The server's numbers have started anew at `seq`. */
  readonly restart: (seq: number) => void;
  /** The server is back: a wait after failures ends, within a second. */
  readonly recover: () => void;
  /** The page may have become visible. */
  readonly wake: () => void;
  readonly state: () => RefetchState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Ends it: what is in flight is aborted, and its answer ignored. */
  readonly dispose: () => void;
}
