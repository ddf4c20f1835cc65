import type { Language } from "./language.ts";

/** The zone of every instant shown to people: UTC-5, without daylight saving. */
const ZONE = "America/Guayaquil";

/** An integer number of cents; as text where it comes from GraphQL (`Cents`). */
export type CentsLike = number | string;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Builds the formatters of one locale, once: an `Intl` object costs more than a thousand calls of it. */
function createFormat(locale: string) {
  const dollars = {
    style: "currency",
    currency: "USD",
    currencyDisplay: "narrowSymbol",
    useGrouping: "always",
  } as const;
  const money = new Intl.NumberFormat(locale, dollars);
  const wholeMoney = new Intl.NumberFormat(locale, { ...dollars, maximumFractionDigits: 0 });
  const decimal = new Intl.NumberFormat(locale, { useGrouping: "always", maximumFractionDigits: 1 });
  const change = new Intl.NumberFormat(locale, {
    style: "percent",
    signDisplay: "exceptZero",
    maximumFractionDigits: 0,
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  const shortDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: ZONE });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", timeZone: ZONE });
  const relative = new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "always" });

  return {
    /** `$1.234,50`: exact for any integer, also beyond 2^53. */
    money: (cents: CentsLike): string => money.format(toDollars(cents)),
    /** `$1.235`, for an axis; `dollars`, not cents. */
    wholeMoney: (dollars: number): string => wholeMoney.format(dollars),
    number: (value: number): string => decimal.format(value),
    /** `+21 %` of a ratio such as 0.21. */
    change: (ratio: number): string => change.format(ratio),
    /** `24 de noviembre de 2026` of a business day `2026-11-24`. */
    day: (businessDay: string): string => day.format(dayStart(businessDay)),
    /** `24 nov` of a business day. */
    shortDay: (businessDay: string): string => shortDay.format(dayStart(businessDay)),
    /** Date and time in Guayaquil of an ISO 8601 instant. */
    instant: (iso: string): string => instant.format(new Date(iso)),
    /** Time of day in Guayaquil, with seconds. */
    clock: (epochMs: number): string => clock.format(epochMs),
    /** `hace 3 min`: how long ago something was; never in the future. */
    ago: (ageMs: number): string => relative.format(...toAge(ageMs)),
  };
}

export type Format = ReturnType<typeof createFormat>;

export const FORMATS: Record<Language, Format> = { es: createFormat("es-EC"), en: createFormat("en-US") };

/** Cents as a decimal text in dollars, digit by digit, so that no amount is too large to be exact. */
export function toDollars(cents: CentsLike): `${number}` {
  const whole = BigInt(cents);
  const size = whole < 0n ? -whole : whole;
  const text = `${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
  return (whole < 0n ? `-${text}` : text) as `${number}`;
}

const isoDay = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone: ZONE });

/** The business day, such as `2026-11-24`, of an instant in milliseconds since 1970. */
export function businessDayAt(epochMs: number): string {
  return isoDay.format(epochMs);
}

function dayStart(businessDay: string): Date {
  return new Date(`${businessDay}T00:00:00Z`);
}

function toAge(ageMs: number): [number, Intl.RelativeTimeFormatUnit] {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < MINUTE) return [-seconds, "second"];
  if (seconds < HOUR) return [-Math.floor(seconds / MINUTE), "minute"];
  if (seconds < DAY) return [-Math.floor(seconds / HOUR), "hour"];
  return [-Math.floor(seconds / DAY), "day"];
}
