import { expect, test } from "bun:test";
import { MAX_PERIOD_DAYS, PERIOD_PRESETS } from "@espigon/event_contracts";
import fc from "fast-check";
import { dayNumber, dayOfNumber } from "./day.ts";
import { daysIn, eachDay, previousPeriod } from "./Period.ts";
import { resolvePeriod } from "./resolvePeriod.ts";

/** 2026-03-05, 09:30 in Guayaquil. */
const NOW = new Date("2026-03-05T14:30:40Z");
const anyDay = fc.integer({ min: dayNumber("2000-01-01"), max: dayNumber("2099-12-31") }).map(dayOfNumber);

test.each([
  ["TODAY", "2026-03-05", "2026-03-05"],
  ["YESTERDAY", "2026-03-04", "2026-03-04"],
  ["LAST_7_DAYS", "2026-02-27", "2026-03-05"],
  ["LAST_30_DAYS", "2026-02-04", "2026-03-05"],
  ["LAST_90_DAYS", "2025-12-06", "2026-03-05"],
  ["THIS_MONTH", "2026-03-01", "2026-03-05"],
  ["PREVIOUS_MONTH", "2026-02-01", "2026-02-28"],
] as const)("on 2026-03-05 %s is from %s to %s", (preset, from, to) => {
  expect(resolvePeriod({ preset }, NOW)).toMatchObject({ kind: "period", period: { from, to } });
});

test.each([
  ["TODAY", { from: "2026-03-04", to: "2026-03-04" }, "2026-03-04T14:30:00.000Z"],
  ["YESTERDAY", { from: "2026-03-03", to: "2026-03-03" }, null],
  ["LAST_7_DAYS", { from: "2026-02-20", to: "2026-02-26" }, "2026-02-26T14:30:00.000Z"],
  ["THIS_MONTH", { from: "2026-02-01", to: "2026-02-05" }, "2026-02-05T14:30:00.000Z"],
  ["PREVIOUS_MONTH", { from: "2026-01-01", to: "2026-01-31" }, null],
] as const)("%s is compared with %p, until %p", (preset, previous, until) => {
  expect(resolvePeriod({ preset }, NOW)).toMatchObject({ previous, until });
});

test("a month is compared with all of a month before that was over by this day", () => {
  expect(resolvePeriod({ preset: "THIS_MONTH" }, new Date("2026-03-29T14:00:00Z"))).toMatchObject({
    previous: { from: "2026-02-01", to: "2026-02-28" },
    until: null,
  });
});

test("nothing asked for is the last 30 days", () => {
  const last30 = resolvePeriod({ preset: "LAST_30_DAYS" }, NOW);
  for (const nothing of [null, undefined, {}, { preset: null, from: null, to: null }]) {
    expect(resolvePeriod(nothing, NOW)).toEqual(last30);
  }
});

test("the month before January is December", () => {
  expect(resolvePeriod({ preset: "PREVIOUS_MONTH" }, new Date("2026-01-31T12:00:00Z"))).toMatchObject({
    kind: "period",
    period: { from: "2025-12-01", to: "2025-12-31" },
  });
});

test.each([
  ["a preset with days", { preset: "TODAY", from: "2026-01-01", to: "2026-01-02" }],
  ["a preset with one day", { preset: "TODAY", to: "2026-01-02" }],
  ["a beginning alone", { from: "2026-01-01" }],
  ["an end alone", { to: "2026-01-01" }],
  ["an end before the beginning", { from: "2026-01-02", to: "2026-01-01" }],
  ["367 days", { from: "2026-01-01", to: "2027-01-02" }],
] as const)("%s is refused", (_what, request) => {
  expect(resolvePeriod(request, NOW).kind).toBe("refused");
});

test("366 days are allowed", () => {
  expect(resolvePeriod({ from: "2028-01-01", to: "2028-12-31" }, NOW).kind).toBe("period");
});

test("whatever the day, a preset is a period of one to 92 days that reaches no further than today", () => {
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...PERIOD_PRESETS), (today, preset) => {
      const verdict = resolvePeriod({ preset }, new Date(`${today}T05:00:00Z`));
      if (verdict.kind !== "period") throw new Error(verdict.reason);
      expect(verdict.period.to <= today).toBe(true);
      expect(daysIn(verdict.period)).toBeGreaterThanOrEqual(1);
      expect(daysIn(verdict.period)).toBeLessThanOrEqual(92);
    }),
  );
});

test("the previous period is as long, ends the day before, and shares no day", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: MAX_PERIOD_DAYS - 1 }), (from, length) => {
      const period = { from, to: dayOfNumber(dayNumber(from) + length) };
      const previous = previousPeriod(period);
      expect(daysIn(previous)).toBe(daysIn(period));
      expect(dayNumber(period.from) - dayNumber(previous.to)).toBe(1);
      const days = [...eachDay(previous), ...eachDay(period)];
      expect(new Set(days).size).toBe(days.length);
      expect(days).toEqual(days.toSorted());
    }),
  );
});
