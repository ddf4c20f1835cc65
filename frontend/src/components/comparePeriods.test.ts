import { expect, test } from "bun:test";
import fc from "fast-check";
import { comparePeriods } from "./comparePeriods.ts";

test("growth is a ratio of the period before", () => {
  expect(comparePeriods(121, 100)).toEqual({ kind: "change", ratio: 0.21 });
  expect(comparePeriods(0, 4)).toEqual({ kind: "change", ratio: -1 });
});

test("something after nothing is new, never infinite", () => {
  expect(comparePeriods(7, 0)).toEqual({ kind: "new" });
});

test("nothing after nothing, or no previous period, does not compare", () => {
  expect(comparePeriods(0, 0)).toEqual({ kind: "none" });
  expect(comparePeriods(7, undefined)).toEqual({ kind: "none" });
  expect(comparePeriods(7, null)).toEqual({ kind: "none" });
});

test("less than half a percent is the same", () => {
  expect(comparePeriods(1004, 1000)).toEqual({ kind: "same" });
});

test("a loss that becomes smaller is growth", () => {
  expect(comparePeriods(-50, -100)).toEqual({ kind: "change", ratio: 0.5 });
});

test("a shown ratio is always finite and not zero", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (current, previous) => {
      const comparison = comparePeriods(current, previous);
      if (comparison.kind !== "change") return;
      expect(Number.isFinite(comparison.ratio)).toBe(true);
      expect(Math.sign(comparison.ratio)).toBe(Math.sign(current - previous));
    }),
  );
});
