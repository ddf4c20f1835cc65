import { expect, test } from "bun:test";
import { ApiError } from "../../../lib/ApiError.ts";
import { refusedLine } from "./refusedLine.ts";

const product = {
  id: "4",
  seller_id: "1",
  name: "Langosta verde",
  unit: "libra",
  price: 1250,
  iva_bp: 0,
  stock: 4,
} as const;
const lines = [{ product, quantity: 4 }];
const refusal = (status: number, code: string, extra: object) => new ApiError({ status, code, title: code, ...extra });

test("a refused order names the line that it was refused for, and what is left of it", () => {
  const outOfStock = refusal(409, "OUT_OF_STOCK", { product_id: "4", name: "Langosta verde", available: 1 });
  expect(refusedLine(outOfStock, lines)).toEqual({ name: "Langosta verde", stock: 1 });
  expect(refusedLine(refusal(404, "NOT_FOUND", { product_id: "4" }), lines)).toEqual({
    name: "Langosta verde",
    stock: null,
  });
});

test("a failure that is about no line of the cart names none", () => {
  expect(refusedLine(refusal(409, "OUT_OF_STOCK", { product_id: "9", available: 0 }), lines)).toBeUndefined();
  expect(refusedLine(refusal(503, "UNAVAILABLE", { product_id: "4" }), lines)).toBeUndefined();
  expect(refusedLine(new Error("no answer"), lines)).toBeUndefined();
});
