/** How much is allowed: `burst` at once and `perSecond` in the long run. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** Plain data, since each connection has one. `at` in milliseconds since 1970. */
export type TokenBucket = { tokens: number; at: number };

export function fullBucket(rate: Rate, time: number): TokenBucket {
  return { tokens: rate.burst, at: time };
}

/** Takes one token; false when there is none. */
export function takeToken(bucket: TokenBucket, rate: Rate, time: number): boolean {
  const gained = (Math.max(0, time - bucket.at) / 1000) * rate.perSecond;
  bucket.tokens = Math.min(rate.burst, bucket.tokens + gained);
  bucket.at = time;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
