import { expect, test } from "bun:test";
import fc from "fast-check";
import { MAX_QUANTITY, mergeLines } from "./mergeLines.ts";

test("lines of one product become one, in the order of first mention", () => {
  const lines = [
    { product_id: "2", quantity: 1 },
    { product_id: "1", quantity: 2 },
    { product_id: "2", quantity: 3 },
  ];
  expect(mergeLines(lines)).toEqual([
    { product_id: "2", quantity: 4 },
    { product_id: "1", quantity: 2 },
  ]);
});

test("merging loses no unit and keeps products apart", () => {
  const line = fc.record({ product_id: fc.constantFrom("1", "2", "3"), quantity: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const merged = mergeLines(lines) ?? [];
      const sum = (list: readonly { quantity: number }[]) => list.reduce((total, { quantity }) => total + quantity, 0);
      expect(sum(merged)).toBe(sum(lines));
      expect(new Set(merged.map((each) => each.product_id)).size).toBe(merged.length);
    }),
  );
});

test("a sum above the most that one may take is refused", () => {
  const half = { product_id: "1", quantity: MAX_QUANTITY / 2 };
  expect(mergeLines([half, half])).toHaveLength(1);
  expect(mergeLines([half, half, { product_id: "1", quantity: 1 }])).toBeUndefined();
});
