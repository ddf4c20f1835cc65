import { describe, expect, test } from "bun:test";
import { cacheHarness as harness } from "./cacheHarness.ts";

describe("a floor that is not reached", () => {
  test("is waited for with few reads, then told with how far the truth has come", async () => {
    let count = 0;
    const h = harness();
    const answer = await h.cache.get(
      h.demand({
        floor: 9,
        read: async () => {
          count += 1;
          return { asOf: 8, value: "v" };
        },
      }),
    );
    expect(answer).toEqual({ kind: "stale", asOf: 8 });
    expect(h.state.now).toBe(2_000);
    expect(count).toBeLessThanOrEqual(10);
  });

  test("is answered as soon as a read reaches it", async () => {
    let asOf = 6;
    const h = harness();
    const read = async () => ({ asOf: (asOf += 1), value: "v" });
    expect(await h.cache.get(h.demand({ floor: 9, read }))).toMatchObject({ kind: "fresh", asOf: 9 });
  });

  test("is not asked for by the audience's head alone: a read of now is the best there is", async () => {
    const h = harness();
    h.state.head = 9;
    const answer = h.cache.get(h.demand({ floor: 3 }));
    h.reads[0]?.resolve({ asOf: 5, value: "v" });
    expect(await answer).toMatchObject({ kind: "fresh", asOf: 5 });
    expect(h.state.paused).toBe(0);
  });
});
