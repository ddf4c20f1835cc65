import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { FORMATS, toDollars } from "./format.ts";

const { es, en } = FORMATS;

/** ICU writes narrow and no-break spaces; a reader sees spaces. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, " ");
}

describe("money", () => {
  test("is written as in Ecuador, with a point for thousands and a comma for cents", () => {
    expect(plain(es.money(123450))).toBe("$1.234,50");
    expect(plain(es.money("123456750"))).toBe("$1.234.567,50");
    expect(plain(es.money(0))).toBe("$0,00");
  });

  test("is written as in English when the page is in English", () => {
    expect(en.money(123450)).toBe("$1,234.50");
  });

  test("stays exact beyond the largest safe integer", () => {
    expect(es.money("900719925474099312")).toBe("$9.007.199.254.740.993,12");
  });

  test("loses no cent of any integer", () => {
    fc.assert(
      fc.property(fc.bigInt(), (cents) => {
        expect(BigInt(toDollars(String(cents)).replace(".", ""))).toBe(cents);
      }),
    );
  });
});

describe("days and instants", () => {
  test("an instant is shown by the clock of Guayaquil, on both sides of midnight", () => {
    expect(plain(es.instant("2026-11-24T04:59:59Z"))).toBe("23 nov 2026, 11:59 p. m.");
    expect(plain(es.instant("2026-11-24T05:00:00Z"))).toBe("24 nov 2026, 12:00 a. m.");
  });

  test("a business day is itself, whatever the zone of the browser", () => {
    expect(es.day("2026-11-24")).toBe("24 de noviembre de 2026");
    expect(es.shortDay("2026-01-01")).toBe("1 ene");
  });
});

describe("an age", () => {
  test("is told in the largest whole unit", () => {
    expect(plain(es.ago(5_000))).toBe("hace 5 s");
    expect(plain(es.ago(3 * 60_000 + 59_000))).toBe("hace 3 min");
    expect(plain(es.ago(2 * 3_600_000))).toBe("hace 2 h");
    expect(plain(es.ago(49 * 3_600_000))).toBe("hace 2 días");
  });

  test("is never in the future, where clocks differ", () => {
    expect(plain(es.ago(-4_000))).toBe("hace 0 s");
  });
});

test("a change has its sign and no decimals", () => {
  expect(plain(es.change(0.214))).toBe("+21%");
  expect(plain(es.change(-0.5))).toBe("-50%");
});
