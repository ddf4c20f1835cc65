import { expect, test } from "bun:test";
import { PERIOD_PRESETS } from "@espigon/event_contracts";
import fc from "fast-check";
import { choiceOf, parsePeriodSearch, rangeFault, toPeriodInput } from "./period.ts";

test("no period in the address means the last 30 days", () => {
  expect(toPeriodInput(parsePeriodSearch({}))).toEqual({ preset: "LAST_30_DAYS" });
});

test("every preset can be linked to", () => {
  for (const period of PERIOD_PRESETS) {
    const search = parsePeriodSearch({ period });
    expect(choiceOf(search)).toBe(period);
    expect(toPeriodInput(search)).toEqual({ preset: period });
  }
});

test("an own range wins over a preset", () => {
  const search = parsePeriodSearch({ period: "TODAY", from: "2026-11-01", to: "2026-11-24" });
  expect(choiceOf(search)).toBe("CUSTOM");
  expect(toPeriodInput(search)).toEqual({ from: "2026-11-01", to: "2026-11-24" });
});

test("a range that ends before it starts, or is too long, is refused with its reason", () => {
  expect(rangeFault("2026-11-24", "2026-11-23")).toBe("badOrder");
  expect(rangeFault("2026-11-24", "2026-11-24")).toBeNull();
  expect(rangeFault("2025-01-01", "2026-01-01")).toBeNull();
  expect(rangeFault("2025-01-01", "2026-01-02")).toBe("tooLong");
});

test("whatever stands in the address, what is asked of the server is well formed", () => {
  fc.assert(
    fc.property(fc.record({ period: fc.anything(), from: fc.anything(), to: fc.anything() }), (search) => {
      const input = toPeriodInput(parsePeriodSearch(search));
      const whole = input.preset !== undefined || (input.from !== undefined && input.to !== undefined);
      expect(whole).toBe(true);
    }),
  );
});

test("reading what was read changes nothing", () => {
  const day = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
  const iso = day.map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(fc.record({ period: fc.constantFrom(...PERIOD_PRESETS), from: iso, to: iso }), (search) => {
      const once = parsePeriodSearch(search);
      expect(parsePeriodSearch(once)).toEqual(once);
    }),
  );
});
