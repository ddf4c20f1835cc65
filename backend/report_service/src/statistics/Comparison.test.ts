import { expect, test } from "bun:test";
import fc from "fast-check";
import { businessDayOf } from "./businessDayOf.ts";
import { compare } from "./Comparison.ts";
import { addDays, dayNumber } from "./day.ts";
import { contains, daysIn, type Period, previousPeriod } from "./Period.ts";

const instant = fc.date({ min: new Date("2001-01-01"), max: new Date("2099-01-01"), noInvalidDate: true });
const shape = fc.record({ length: fc.integer({ min: 1, max: 366 }), ends: fc.integer({ min: -400, max: 400 }) });
const localTime = (at: Date) => new Date(at.getTime() - 5 * 3_600_000).toISOString().slice(11, 16);

test("a period in which now lies is compared with as many days, the last of them up to the same minute", () => {
  fc.assert(
    fc.property(instant, shape, (now, { length, ends }) => {
      const today = businessDayOf(now);
      const to = addDays(today, ends);
      const period: Period = { from: addDays(to, 1 - length), to };
      const whole = previousPeriod(period);
      const { previous, until } = compare(period, whole, now);
      expect(previous.from).toBe(whole.from);
      if (!contains(period, today)) return expect([previous, until]).toEqual([whole, null]);
      expect(daysIn(previous)).toBe(dayNumber(today) - dayNumber(period.from) + 1);
      expect(businessDayOf(new Date(until ?? ""))).toBe(previous.to);
      expect(localTime(new Date(until ?? ""))).toBe(localTime(now));
    }),
  );
});

test.each([
  ["the last minute of a day", "2026-11-25T04:59:59Z", "2026-11-24", "2026-11-24T04:59:00.000Z"],
  ["the first minute of the next", "2026-11-25T05:00:00Z", "2026-11-25", "2026-11-24T05:00:00.000Z"],
])("at %s the day before counts as far", (_when, now, today, until) => {
  const period = { from: today, to: today };
  expect(compare(period, previousPeriod(period), new Date(now))).toMatchObject({ until });
});

test("a period that goes on past today is compared with as much of the one before as of it has passed", () => {
  const period = { from: "2026-11-20", to: "2026-11-30" };
  expect(compare(period, previousPeriod(period), new Date("2026-11-24T20:00:00Z"))).toEqual({
    period,
    previous: { from: "2026-11-09", to: "2026-11-13" },
    until: "2026-11-13T20:00:00.000Z",
  });
});
