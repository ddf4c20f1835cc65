import { expect, test } from "bun:test";
import fc from "fast-check";
import { addDays, dayNumber, dayOfNumber, isDay } from "./day.ts";

const anyDay = fc.integer({ min: dayNumber("2000-01-01"), max: dayNumber("2099-12-31") }).map(dayOfNumber);

test("every day from 2000 to 2099 is one, and counting days forth and back returns to it", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (day, count) => {
      expect(isDay(day)).toBe(true);
      expect(addDays(addDays(day, count), -count)).toBe(day);
    }),
  );
});

test.each([
  "2026-02-30",
  "2025-02-29",
  "2026-13-01",
  "2026-1-1",
  "1999-12-31",
  "2100-01-01",
  "",
  "2026-11-24T00:00Z",
  "today",
])("%p is no day", (text) => {
  expect(isDay(text)).toBe(false);
});
