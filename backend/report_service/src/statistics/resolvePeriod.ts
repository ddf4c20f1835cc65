import { addDays } from "./day.ts";
import { daysIn, type Period } from "./Period.ts";

/** The longest period that may be asked for, in days: a leap year. */
export const MAX_PERIOD_DAYS = 366;

export const PERIOD_PRESETS = [
  "TODAY",
  "YESTERDAY",
  "LAST_7_DAYS",
  "LAST_30_DAYS",
  "LAST_90_DAYS",
  "THIS_MONTH",
  "PREVIOUS_MONTH",
] as const;
export type PeriodPreset = (typeof PERIOD_PRESETS)[number];

export type PeriodRequest = {
  readonly preset?: PeriodPreset | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
};
export type PeriodVerdict =
  | { readonly kind: "period"; readonly period: Period }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Turns what was asked for into days. Nothing asked for means the last 30 days; `from` and `to` (valid days) come
 * together and without a preset. `today` is the present business day and belongs to every preset but the past ones.
 */
export function resolvePeriod(request: PeriodRequest | null | undefined, today: string): PeriodVerdict {
  const { preset, from, to } = request ?? {};
  const isGiven = (value: unknown) => value !== null && value !== undefined;
  if (!isGiven(from) && !isGiven(to)) {
    return { kind: "period", period: periodOfPreset(preset ?? "LAST_30_DAYS", today) };
  }
  if (isGiven(preset)) return { kind: "refused", reason: "A period is either a preset or from and to, not both." };
  if (!from || !to) return { kind: "refused", reason: "A period of your own needs both from and to." };
  if (from > to) return { kind: "refused", reason: "The period ends before it begins." };
  const period = { from, to };
  if (daysIn(period) > MAX_PERIOD_DAYS) {
    return { kind: "refused", reason: `A period has at most ${MAX_PERIOD_DAYS} days.` };
  }
  return { kind: "period", period };
}

function periodOfPreset(preset: PeriodPreset, today: string): Period {
  const firstOfMonth = `${today.slice(0, 8)}01`;
  switch (preset) {
    case "TODAY":
      return { from: today, to: today };
    case "YESTERDAY":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "LAST_7_DAYS":
      return { from: addDays(today, -6), to: today };
    case "LAST_30_DAYS":
      return { from: addDays(today, -29), to: today };
    case "LAST_90_DAYS":
      return { from: addDays(today, -89), to: today };
    case "THIS_MONTH":
      return { from: firstOfMonth, to: today };
    case "PREVIOUS_MONTH": {
      const last = addDays(firstOfMonth, -1);
      return { from: `${last.slice(0, 8)}01`, to: last };
    }
  }
}
