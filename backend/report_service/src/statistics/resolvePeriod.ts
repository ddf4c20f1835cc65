import { MAX_PERIOD_DAYS, type PeriodPreset } from "@espigon/event_contracts";
import { businessDayOf } from "./businessDayOf.ts";
import { type Comparison, compare } from "./Comparison.ts";
import { addDays } from "./day.ts";
import { daysIn, type Period, previousPeriod } from "./Period.ts";

export type PeriodRequest = {
  readonly preset?: PeriodPreset | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
};
export type PeriodVerdict =
  | ({ readonly kind: "period" } & Comparison)
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Turns what was asked for into days, and into those that they are compared with. Nothing asked for means the last 30
 * days; `from` and `to` (valid days) come together and without a preset. The present business day belongs to every
 * preset but the past ones.
 */
export function resolvePeriod(request: PeriodRequest | null | undefined, now: Date): PeriodVerdict {
  const { preset, from, to } = request ?? {};
  const isGiven = (value: unknown) => value !== null && value !== undefined;
  if (!isGiven(from) && !isGiven(to)) {
    const { period, previous } = periodsOfPreset(preset ?? "LAST_30_DAYS", businessDayOf(now));
    return { kind: "period", ...compare(period, previous, now) };
  }
  if (isGiven(preset)) return { kind: "refused", reason: "A period is either a preset or from and to, not both." };
  if (!from || !to) return { kind: "refused", reason: "A period of your own needs both from and to." };
  if (from > to) return { kind: "refused", reason: "The period ends before it begins." };
  const period = { from, to };
  if (daysIn(period) > MAX_PERIOD_DAYS) {
    return { kind: "refused", reason: `A period has at most ${MAX_PERIOD_DAYS} days.` };
  }
  return { kind: "period", ...compare(period, previousPeriod(period), now) };
}

function periodsOfPreset(preset: PeriodPreset, today: string): { period: Period; previous: Period } {
  const thisMonth = firstOfMonth(today);
  const lastMonth = monthBefore(thisMonth);
  switch (preset) {
    case "TODAY":
      return withPrevious({ from: today, to: today });
    case "YESTERDAY":
      return withPrevious({ from: addDays(today, -1), to: addDays(today, -1) });
    case "LAST_7_DAYS":
      return withPrevious({ from: addDays(today, -6), to: today });
    case "LAST_30_DAYS":
      return withPrevious({ from: addDays(today, -29), to: today });
    case "LAST_90_DAYS":
      return withPrevious({ from: addDays(today, -89), to: today });
    case "THIS_MONTH":
      return { period: { from: thisMonth, to: today }, previous: lastMonth };
    case "PREVIOUS_MONTH":
      return { period: lastMonth, previous: monthBefore(lastMonth.from) };
  }
}

function withPrevious(period: Period): { period: Period; previous: Period } {
  return { period, previous: previousPeriod(period) };
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 8)}01`;
}

/** The whole month that ends the day before `first`. */
function monthBefore(first: string): Period {
  const last = addDays(first, -1);
  return { from: firstOfMonth(last), to: last };
}
