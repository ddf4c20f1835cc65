import { expect, test } from "bun:test";
import { createAttemptLimiter } from "./attemptLimiter.ts";

function limiterAt(options: { limit: number; maxKeys?: number }) {
  let now = 0;
  const limiter = createAttemptLimiter({ windowMs: 1000, maxKeys: 100, now: () => now, ...options });
  return { limiter, wait: (ms: number) => (now += ms) };
}

test("attempts beyond the limit are told how long to wait, until the window is over", () => {
  const { limiter, wait } = limiterAt({ limit: 2 });
  expect([limiter.take("a"), limiter.take("a"), limiter.take("a")]).toEqual([0, 0, 1]);
  expect(limiter.take("b")).toBe(0);
  wait(1000);
  expect(limiter.take("a")).toBe(0);
});

test("a good attempt that is given back does not count", () => {
  const { limiter } = limiterAt({ limit: 1 });
  for (let i = 0; i < 5; i++) {
    expect(limiter.take("a")).toBe(0);
    limiter.giveBack("a");
  }
});

test("no more keys are kept than allowed: the oldest is forgotten", () => {
  const { limiter } = limiterAt({ limit: 1, maxKeys: 2 });
  limiter.take("a");
  limiter.take("b");
  limiter.take("c");
  expect(limiter.take("b")).toBeGreaterThan(0);
  expect(limiter.take("a")).toBe(0);
});
