import type { AttemptWindow, SharedAttempts } from "./SharedAttempts.ts";

export type AttemptLimiter = {
  /** Counts an attempt; answers 0 when it may go on, else after how many seconds to try again. Never rejects. */
  take(key: string): Promise<number>;
  /** Takes one attempt back: it turned out to be a good one. */
  giveBack(key: string): void;
};

export type AttemptLimits = AttemptWindow & {
  /** Of what: tells the keys of one limiter from those of another where all nodes count. */
  readonly name: string;
  readonly shared: SharedAttempts;
  /** Keys kept here; when there are more, the one whose window began first is forgotten. */
  readonly maxKeys: number;
  /** This one may go on for ever. */
  readonly exempt?: string;
  /** Milliseconds since any fixed instant. */
  readonly now: () => number;
};

/**
 * Counts attempts per key in fixed windows, over all nodes. This process's own count holds too, and stands alone while
 * the shared one is out of reach; its memory is bounded by `maxKeys`.
 */
export function createAttemptLimiter(limits: AttemptLimits): AttemptLimiter {
  const { name, limit, windowMs, maxKeys, shared, now } = limits;
  const windows = new Map<string, { start: number; count: number }>();
  const sharedKey = (key: string) => `${name}:${key}`;

  const takeHere = (key: string): number => {
    const at = now();
    let window = windows.get(key);
    if (window === undefined || at - window.start >= windowMs) {
      windows.delete(key);
      window = { start: at, count: 0 };
      windows.set(key, window);
      if (windows.size > maxKeys) windows.delete(windows.keys().next().value ?? key);
    }
    if (window.count >= limit) return window.start + windowMs - at;
    window.count += 1;
    return 0;
  };
  const giveBackHere = (key: string) => {
    const window = windows.get(key);
    if (window !== undefined && window.count > 0) window.count -= 1;
  };

  return {
    async take(key) {
      if (key === limits.exempt) return 0;
      const leftHere = takeHere(key);
      if (leftHere > 0) return inSeconds(leftHere);
      const left = await shared.take(sharedKey(key), { limit, windowMs });
      if (left > 0) giveBackHere(key);
      return inSeconds(left);
    },
    giveBack(key) {
      if (key === limits.exempt) return;
      giveBackHere(key);
      shared.giveBack(sharedKey(key));
    },
  };
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
