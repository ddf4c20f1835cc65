import { expect, test } from "bun:test";
import { createAttemptLimiter } from "./attemptLimiter.ts";
import { noSharedAttempts, type SharedAttempts } from "./SharedAttempts.ts";

function limiterAt(options: { limit: number; maxKeys?: number; exempt?: string; shared?: SharedAttempts }) {
  let now = 0;
  const limiter = createAttemptLimiter({
    name: "logins",
    windowMs: 1000,
    maxKeys: 100,
    shared: noSharedAttempts,
    now: () => now,
    ...options,
  });
  return { limiter, wait: (ms: number) => (now += ms) };
}

test("attempts beyond the limit are told how long to wait, until the window is over", async () => {
  const { limiter, wait } = limiterAt({ limit: 2 });
  expect([await limiter.take("a"), await limiter.take("a"), await limiter.take("a")]).toEqual([0, 0, 1]);
  expect(await limiter.take("b")).toBe(0);
  wait(1000);
  expect(await limiter.take("a")).toBe(0);
});

test("a good attempt that is given back does not count", async () => {
  const { limiter } = limiterAt({ limit: 1 });
  for (let i = 0; i < 5; i++) {
    expect(await limiter.take("a")).toBe(0);
    limiter.giveBack("a");
  }
});

test("no more keys are kept than allowed: the oldest is forgotten", async () => {
  const { limiter } = limiterAt({ limit: 1, maxKeys: 2 });
  await limiter.take("a");
  await limiter.take("b");
  await limiter.take("c");
  expect(await limiter.take("b")).toBeGreaterThan(0);
  expect(await limiter.take("a")).toBe(0);
});

test("what all nodes together have used up is refused, told in whole seconds, and does not count here", async () => {
  const left = new Map([["logins:a", 700]]);
  const shared: SharedAttempts = { ...noSharedAttempts, take: async (key) => left.get(key) ?? 0 };
  const { limiter } = limiterAt({ limit: 1, shared });
  expect([await limiter.take("a"), await limiter.take("a"), await limiter.take("b")]).toEqual([1, 1, 0]);
  left.clear();
  expect(await limiter.take("a")).toBe(0);
});

test("who is exempt is not counted anywhere", async () => {
  const nowhere = () => {
    throw new Error("counted");
  };
  const { limiter } = limiterAt({
    limit: 1,
    exempt: "a",
    shared: { take: nowhere, giveBack: nowhere, close: nowhere },
  });
  for (let i = 0; i < 3; i++) expect(await limiter.take("a")).toBe(0);
  limiter.giveBack("a");
});
