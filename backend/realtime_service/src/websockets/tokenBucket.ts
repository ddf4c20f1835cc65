/** How much is allowed: `burst` at once and `perSecond` in the long run. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** One number, since each connection has one: when the bucket will be full again, in milliseconds since 1970. */
export type TokenBucket = { fullAt: number };

/** Takes one token; false when there is none. A bucket whose `fullAt` has passed, such as 0, is full. */
export function takeToken(bucket: TokenBucket, rate: Rate, time: number): boolean {
  const perTokenMs = 1000 / rate.perSecond;
  const capacityMs = rate.burst * perTokenMs;
  const missingMs = bucket.fullAt - time;
  // More than all can only be missing when the clock was set back.
  const fullAt = (missingMs > 0 && missingMs <= capacityMs ? bucket.fullAt : time) + perTokenMs;
  if (fullAt - time > capacityMs) return false;
  bucket.fullAt = fullAt;
  return true;
}
