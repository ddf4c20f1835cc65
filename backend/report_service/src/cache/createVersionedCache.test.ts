import { describe, expect, test } from "bun:test";
import { cacheHarness as harness, RefusedToken } from "./cacheHarness.ts";

const failureOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("an answer that is kept", () => {
  async function kept(asOf: number) {
    const h = harness();
    const first = h.cache.get(h.demand());
    h.reads[0]?.resolve({ asOf, value: "old" });
    await first;
    return h;
  }

  test("is given again without a read while nothing new is known of its audience", async () => {
    const h = await kept(5);
    h.state.head = 5;
    expect(await h.cache.get(h.demand({ floor: 5 }))).toEqual({
      kind: "fresh",
      source: "cache",
      asOf: 5,
      value: "old",
    });
    expect(h.reads).toHaveLength(1);
  });

  test.each([
    ["the floor is above it", { head: 0, floor: 6, healthy: true, now: 0 }],
    ["its audience has heard of something later", { head: 6, floor: 0, healthy: true, now: 0 }],
    ["the feed is not healthy", { head: 0, floor: 0, healthy: false, now: 0 }],
    ["it is too old", { head: 0, floor: 0, healthy: true, now: 60_000 }],
  ])("is read again when %s", async (_when, { head, floor, healthy, now }) => {
    const h = await kept(5);
    Object.assign(h.state, { head, healthy, now });
    const answer = h.cache.get(h.demand({ floor }));
    await h.settle();
    expect(h.reads).toHaveLength(2);
    h.reads[1]?.resolve({ asOf: 6, value: "new" });
    expect(await answer).toMatchObject({ kind: "fresh", source: "read", asOf: 6, value: "new" });
  });

  test("is not replaced by an older one", async () => {
    const h = await kept(5);
    h.state.healthy = false;
    const answer = h.cache.get(h.demand());
    await h.settle();
    h.reads[1]?.resolve({ asOf: 4, value: "older" });
    await answer;
    h.state.healthy = true;
    expect(await h.cache.get(h.demand())).toMatchObject({ source: "cache", asOf: 5 });
  });

  test("is of no use once the log has begun anew, however high its seq", async () => {
    const h = await kept(5);
    Object.assign(h.state, { head: 3, history: 1 });
    const answer = h.cache.get(h.demand({ floor: 3 }));
    await h.settle();
    h.reads[1]?.resolve({ asOf: 3, value: "restored" });
    expect(await answer).toMatchObject({ source: "read", asOf: 3, value: "restored" });
    expect(await h.cache.get(h.demand({ floor: 3 }))).toMatchObject({ source: "cache", asOf: 3, value: "restored" });
  });

  test("is given to nobody who asks under another key", async () => {
    const h = await kept(5);
    void h.cache.get(h.demand({ key: "other" }));
    await h.settle();
    expect(h.reads).toHaveLength(2);
  });
});

describe("a read under way", () => {
  test("is not taken, nor kept for later, when the log has begun anew meanwhile", async () => {
    const h = harness();
    Object.assign(h.state, { head: 9 });
    const answer = h.cache.get(h.demand());
    Object.assign(h.state, { head: 3, history: 1 });
    h.reads[0]?.resolve({ asOf: 9, value: "of before" });
    await h.settle();
    h.reads[1]?.resolve({ asOf: 3, value: "restored" });
    expect(await answer).toMatchObject({ asOf: 3, value: "restored" });
    expect(await h.cache.get(h.demand())).toMatchObject({ source: "cache", value: "restored" });
  });

  test("is joined, and answers both when it reaches both floors", async () => {
    const h = harness();
    const answers = [h.cache.get(h.demand()), h.cache.get(h.demand({ floor: 3 }))];
    h.reads[0]?.resolve({ asOf: 3, value: "v" });
    expect((await Promise.all(answers)).map((answer) => answer.kind === "fresh" && answer.source)).toEqual([
      "read",
      "joined",
    ]);
    expect(h.reads).toHaveLength(1);
  });

  test("is joined by nobody else while the feed is not healthy: whose access has ended is not heard either", async () => {
    const h = harness();
    h.state.healthy = false;
    const own = [h.cache.get(h.demand()), h.cache.get(h.demand())];
    const other = h.cache.get(h.demand({ reader: "whose access has ended" }));
    expect(h.reads).toHaveLength(2);
    h.reads[0]?.resolve({ asOf: 3, value: "v" });
    for (const answer of own) expect(await answer).toMatchObject({ value: "v" });
    h.reads[1]?.reject(new RefusedToken());
    expect(await failureOf(other)).toBeInstanceOf(RefusedToken);
  });

  test("that began too early for a later floor is followed by one more, which all the late ones share", async () => {
    const h = harness();
    const early = h.cache.get(h.demand());
    const late = [4, 5, 6].map((floor) => h.cache.get(h.demand({ floor })));
    h.reads[0]?.resolve({ asOf: 3, value: "v3" });
    expect(await early).toMatchObject({ asOf: 3 });
    await h.settle();
    expect(h.reads).toHaveLength(2);
    h.reads[1]?.resolve({ asOf: 6, value: "v6" });
    for (const answer of late) expect(await answer).toMatchObject({ kind: "fresh", asOf: 6, value: "v6" });
    expect(h.state.paused).toBe(0);
  });

  test("that began before an event of the audience was heard is not enough for who asks after it", async () => {
    const h = harness();
    void h.cache.get(h.demand());
    h.state.head = 4;
    const late = h.cache.get(h.demand());
    h.reads[0]?.resolve({ asOf: 3, value: "v3" });
    await h.settle();
    h.reads[1]?.resolve({ asOf: 4, value: "v4" });
    expect(await late).toMatchObject({ asOf: 4 });
  });

  test("that fails is told to who joined it, and the next demand reads anew", async () => {
    const h = harness();
    const answers = [h.cache.get(h.demand()), h.cache.get(h.demand())];
    h.reads[0]?.reject(new Error("down"));
    for (const outcome of await Promise.allSettled(answers)) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { message: "down" } });
    }
    const next = h.cache.get(h.demand());
    h.reads[1]?.resolve({ asOf: 1, value: "v" });
    expect(await next).toMatchObject({ kind: "fresh", source: "read" });
  });

  test("that fails for its own reader only is made again by who joined it", async () => {
    const h = harness();
    const refused = h.cache.get(h.demand());
    const other = h.cache.get(h.demand());
    h.reads[0]?.reject(new RefusedToken());
    expect(await failureOf(refused)).toBeInstanceOf(RefusedToken);
    await h.settle();
    h.reads[1]?.resolve({ asOf: 1, value: "v" });
    expect(await other).toMatchObject({ kind: "fresh", source: "read" });
  });

  test("that fails before it begins is not waited for ever", async () => {
    const h = harness();
    const broken = h.demand({
      read: () => {
        throw new Error("at once");
      },
    });
    for (const _attempt of ["first", "second"]) {
      expect(await failureOf(h.cache.get(broken))).toMatchObject({ message: "at once" });
    }
  });
});

test("no more answers are kept than the limit says", async () => {
  const h = harness({ maxEntries: 2 });
  const ask = (key: string) => h.cache.get(h.demand({ key, read: async () => ({ asOf: 1, value: key }) }));
  for (const key of ["a", "b", "c"]) await ask(key);
  expect(await ask("c")).toMatchObject({ source: "cache" });
  expect(await ask("a")).toMatchObject({ source: "read" });
});
