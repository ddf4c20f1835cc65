import { expect, test } from "bun:test";
import fc from "fast-check";
import { createScopeHeads } from "./createScopeHeads.ts";

test("it is unhealthy until it is told otherwise", () => {
  const heads = createScopeHeads(10);
  expect(heads.healthy).toBe(false);
  heads.setHealthy(true);
  expect(heads.healthy).toBe(true);
});

test("an audience that was told nothing since the beginning may have been told something before it", () => {
  const heads = createScopeHeads(10);
  heads.forgetUpTo(7);
  heads.record(8, ["seller:1"]);
  expect([heads.lastSeqOf("seller:1"), heads.lastSeqOf("seller:2")]).toEqual([8, 7]);
});

test("after a gap nothing before its end is known", () => {
  const heads = createScopeHeads(10);
  heads.record(3, ["seller:1"]);
  heads.forgetUpTo(9);
  expect(heads.lastSeqOf("seller:1")).toBe(9);
});

test("once the log has begun anew, nothing of before counts", () => {
  const heads = createScopeHeads(10);
  heads.record(9, ["seller:1"]);
  heads.restartAt(4);
  expect([heads.lastSeqOf("seller:1"), heads.history]).toEqual([4, 1]);
  heads.record(5, ["seller:1"]);
  expect([heads.lastSeqOf("seller:1"), heads.lastSeqOf("seller:2")]).toEqual([5, 4]);
});

test("however few audiences it remembers, it never answers less than an audience's true last seq, nor more than the log's", () => {
  const entry = fc.uniqueArray(fc.constantFrom("admin", "seller:1", "seller:2", "seller:3", "client:1"), {
    maxLength: 3,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(entry, { maxLength: 40 }), (capacity, entries) => {
      const heads = createScopeHeads(capacity);
      const truth = new Map<string, number>();
      entries.forEach((audiences, index) => {
        heads.record(index + 1, audiences);
        for (const audience of audiences) truth.set(audience, index + 1);
      });
      for (const [audience, seq] of truth) {
        expect(heads.lastSeqOf(audience)).toBeGreaterThanOrEqual(seq);
        expect(heads.lastSeqOf(audience)).toBeLessThanOrEqual(entries.length);
      }
    }),
  );
});

test("of the audiences beyond its capacity one bound is known", () => {
  const heads = createScopeHeads(2);
  for (const [index, audience] of ["seller:1", "seller:2", "seller:3"].entries()) heads.record(index + 1, [audience]);
  expect(heads.lastSeqOf("seller:4")).toBe(1);
});
