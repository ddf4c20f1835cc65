import { expect, test } from "bun:test";
import { asOfOf } from "./asOfOf.ts";
import { keepNewer } from "./keepNewer.ts";

test("an answer is replaced by one that is as new or newer, and by no older one", () => {
  const [older, newer] = [{ asOf: "9" }, { asOf: "10" }];
  expect(keepNewer(undefined, older)).toBe(older);
  expect(keepNewer(older, newer)).toBe(newer);
  expect(keepNewer(newer, older)).toBe(newer);
  const again = { asOf: "10" };
  expect(keepNewer(newer, again)).toBe(again);
});

test("an answer of several fields is as complete as the least complete of them", () => {
  expect(asOfOf({ one: { asOf: "12" }, other: { asOf: "7" } })).toBe(7);
  expect(asOfOf({ one: { asOf: "not a number" }, other: null, third: "text" })).toBeNull();
  expect(asOfOf(undefined)).toBeNull();
});
