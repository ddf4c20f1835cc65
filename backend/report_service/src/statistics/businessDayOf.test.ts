import { expect, test } from "bun:test";
import { businessDayOf } from "./businessDayOf.ts";

test.each([
  ["2026-11-24T04:59:59Z", "2026-11-23"],
  ["2026-11-24T05:00:00Z", "2026-11-24"],
  ["2026-01-01T04:59:59.999Z", "2025-12-31"],
  ["2028-02-29T12:00:00Z", "2028-02-29"],
])("the instant %s falls on the business day %s", (instant, day) => {
  expect(businessDayOf(new Date(instant))).toBe(day);
});
