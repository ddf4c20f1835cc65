import { addDays, dayNumber } from "./day.ts";

/** A range of business days; both ends belong to it. */
export type Period = { readonly from: string; readonly to: string };

export function daysIn({ from, to }: Period): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

export function contains({ from, to }: Period, day: string): boolean {
  return from <= day && day <= to;
}

/** The period of equal length that ends the day before. */
export function previousPeriod(period: Period): Period {
  const length = daysIn(period);
  return { from: addDays(period.from, -length), to: addDays(period.from, -1) };
}

/** Every day of the period, ascending. */
export function eachDay(period: Period): readonly string[] {
  return Array.from({ length: daysIn(period) }, (_, index) => addDays(period.from, index));
}
