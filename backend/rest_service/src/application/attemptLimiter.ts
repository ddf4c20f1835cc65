export type AttemptLimiter = {
  /** Counts an attempt; answers 0 when it may go on, else after how many seconds to try again. */
  take(key: string): number;
  /** Takes one attempt back: it turned out to be a good one. */
  giveBack(key: string): void;
};

export type AttemptLimits = {
  /** Attempts per key and window. */
  readonly limit: number;
  readonly windowMs: number;
  /** Keys kept; when there are more, the one whose window began first is forgotten. */
  readonly maxKeys: number;
  /** This one may go on for ever. */
  readonly exempt?: string;
  /** Milliseconds since any fixed instant. */
  readonly now: () => number;
};

/** Counts attempts per key in fixed windows that begin with the first attempt. Memory is bounded by `maxKeys`. */
export function createAttemptLimiter(limits: AttemptLimits): AttemptLimiter {
  const { limit, windowMs, maxKeys, now } = limits;
  const windows = new Map<string, { start: number; count: number }>();
  return {
    take(key) {
      if (key === limits.exempt) return 0;
      const at = now();
      let window = windows.get(key);
      if (window === undefined || at - window.start >= windowMs) {
        windows.delete(key);
        window = { start: at, count: 0 };
        windows.set(key, window);
        if (windows.size > maxKeys) windows.delete(windows.keys().next().value ?? key);
      }
      if (window.count >= limit) return Math.max(1, Math.ceil((window.start + windowMs - at) / 1000));
      window.count += 1;
      return 0;
    },
    giveBack(key) {
      const window = windows.get(key);
      if (window !== undefined && window.count > 0) window.count -= 1;
    },
  };
}
