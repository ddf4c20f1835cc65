import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type CartLine, cartTotals, quantityOf, sellersIn, withQuantity } from "./Cart.ts";

function product(id: string, overrides: Partial<CartLine["product"]> = {}): CartLine["product"] {
  return { id, seller_id: "1", name: "Dorado", unit: "libra", price: 450, iva_bp: 0, stock: 10, ...overrides };
}

describe("a quantity", () => {
  test("is changed in place, so that lines do not jump", () => {
    const lines = withQuantity(withQuantity([], product("a"), 1), product("b"), 2);
    expect(withQuantity(lines, product("a"), 5).map((line) => [line.product.id, line.quantity])).toEqual([
      ["a", 5],
      ["b", 2],
    ]);
  });

  test("of nothing takes the product out", () => {
    expect(withQuantity(withQuantity([], product("a"), 3), product("a"), 0)).toEqual([]);
  });

  test("never exceeds the stock that was seen, nor goes below one", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(50), (quantity, stock) => {
        const lines = withQuantity([], product("a", { stock }), quantity);
        expect(quantityOf(lines, "a")).toBe(Math.max(0, Math.min(quantity, stock)));
      }),
    );
  });
});

test("totals follow the rules of an order, with IVA line by line", () => {
  const fresh = withQuantity([], product("a", { price: 450 }), 2);
  const both = withQuantity(fresh, product("b", { price: 333, iva_bp: 1500, seller_id: "2" }), 3);
  expect(cartTotals(both)).toEqual({ subtotal: 1899, tax: 150, total: 2049 });
  expect(sellersIn(both)).toBe(2);
});
