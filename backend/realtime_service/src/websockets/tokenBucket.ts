export type TokenBucket = {
  /** Takes one token; false when there is none. */
  take(): boolean;
};

/** Allows `burst` at once and `perSecond` in the long run. */
export function createTokenBucket(rate: { perSecond: number; burst: number }, now: () => number): TokenBucket {
  let tokens = rate.burst;
  let at = now();
  return {
    take() {
      const time = now();
      tokens = Math.min(rate.burst, tokens + (Math.max(0, time - at) / 1000) * rate.perSecond);
      at = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
