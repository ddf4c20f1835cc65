import { expect, test } from "bun:test";
import { takeToken } from "./tokenBucket.ts";

const RATE = { perSecond: 10, burst: 3 };

/** How many of `attempts` at this moment are allowed. */
function allowed(bucket: { fullAt: number }, time: number, attempts = 10): number {
  return Array.from({ length: attempts }, () => takeToken(bucket, RATE, time)).filter(Boolean).length;
}

test("a bucket gives its burst at once, then as much as flows in, and never more than the burst", () => {
  const bucket = { fullAt: 0 };
  expect(allowed(bucket, 5000)).toBe(3);
  expect(allowed(bucket, 5099)).toBe(0);
  expect(allowed(bucket, 5100)).toBe(1);
  expect(allowed(bucket, 5300)).toBe(2);
  expect(allowed(bucket, 90_000)).toBe(3);
});

test("a clock that was set back does not lock a bucket", () => {
  const bucket = { fullAt: 0 };
  allowed(bucket, 3_600_000);
  expect(allowed(bucket, 1000)).toBe(3);
});
