import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { lineTotal, taxOf, totalsOf } from "./money.ts";

const line = fc.record({
  unit_price: fc.integer({ min: 1, max: 10_000_000 }),
  quantity: fc.integer({ min: 1, max: 10_000 }),
  iva_bp: fc.constantFrom(0, 1500),
});

describe("taxOf", () => {
  test.each([
    [0, 1500, 0],
    [3, 1500, 0],
    [10, 1500, 2],
    [30, 1500, 5],
    [1_000, 1500, 150],
    [1_000, 0, 0],
  ])("rounds %p cents at %p basis points half up to %p", (base, basisPoints, tax) => {
    expect(taxOf(base, basisPoints)).toBe(tax);
  });

  test("is never more than half a cent away from the exact tax", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000_000 }), fc.integer({ min: 0, max: 10_000 }), (base, bp) => {
        const error = BigInt(taxOf(base, bp)) * 10_000n - BigInt(base) * BigInt(bp);
        expect(error <= 5_000n && error > -5_000n).toBe(true);
      }),
    );
  });
});

test("the totals of any cart agree to the cent with its lines", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), (lines) => {
      const totals = totalsOf(lines);
      expect(totals.subtotal).toBe(lines.map(lineTotal).reduce((a, b) => a + b, 0));
      expect(totals.total).toBe(totals.subtotal + totals.tax);
      const untaxed = lines.filter(({ iva_bp }) => iva_bp === 0);
      expect(totalsOf(untaxed).tax).toBe(0);
      expect(totalsOf(lines.toReversed())).toEqual(totals);
    }),
  );
});
