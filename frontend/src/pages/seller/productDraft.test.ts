import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Product } from "../../lib/resources.ts";
import { changesSince, draftOf, EMPTY_DRAFT, parseCents, readDraft } from "./productDraft.ts";

const PRODUCT: Product = {
  id: "7",
  seller_id: "1",
  name: "Dorado",
  description: null,
  category: "pescado",
  unit: "libra",
  price: 340,
  stock: 12,
  iva_bp: 0,
  low_stock_threshold: 5,
};

describe("a typed price", () => {
  test.each([
    ["4,50", 450],
    ["4.5", 450],
    ["$ 12", 1200],
    ["1.234,50", 123450],
    ["1,234.50", 123450],
    ["0,01", 1],
  ])("%p is %p cents", (text, cents) => {
    expect(parseCents(text)).toBe(cents);
  });

  test.each(["", "abc", "-1", "1,2,3", "1e3", "4,505,5", "NaN", "1.234.50"])("%p is none", (text) => {
    expect(parseCents(text)).toBeNull();
  });

  test("never becomes a number that is not whole cents", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const cents = parseCents(text);
        if (cents !== null) expect(Number.isInteger(cents)).toBe(true);
      }),
    );
  });
});

test("an empty form says which fields are missing", () => {
  const read = readDraft(EMPTY_DRAFT);
  expect(read).toEqual({ faults: { name: "missing", category: "missing", price: "priceBad", stock: "stockBad" } });
});

test("a product that is opened and saved unchanged stays as it was", () => {
  const product: fc.Arbitrary<Product> = fc.record({
    id: fc.constant("7"),
    seller_id: fc.constant("1"),
    name: fc.constant("Dorado fresco"),
    description: fc.constant("De la mañana"),
    category: fc.constant("Pescado"),
    unit: fc.constantFrom("libra", "kilo", "unidad"),
    price: fc.integer({ min: 1, max: 100_000_000 }),
    stock: fc.nat(1_000_000),
    iva_bp: fc.constantFrom(0, 1500),
    low_stock_threshold: fc.nat(1_000_000),
    photo_url: fc.constant(null),
  });
  fc.assert(
    fc.property(product, fc.constantFrom("es", "en"), (given, language) => {
      const { id: _id, seller_id: _seller, photo_url: _photo, ...body } = given;
      expect(readDraft(draftOf(given, language))).toEqual({ body } as ReturnType<typeof readDraft>);
    }),
  );
});

test("a price stands in the form as the language on screen writes it", () => {
  const product = { ...PRODUCT, price: 460 };
  expect([draftOf(product, "es").price, draftOf(product, "en").price]).toEqual(["4,60", "4.60"]);
});

test("only what was changed is sent, so that a stock that nobody touched stays what it has become", () => {
  const read = readDraft({ ...draftOf(PRODUCT, "es"), price: "3,60" });
  if ("faults" in read) throw new Error("a good draft");
  expect(changesSince(draftOf(PRODUCT, "es"), read.body)).toEqual({ price: 360 });
  expect(changesSince(EMPTY_DRAFT, read.body)).toEqual(read.body);
});
