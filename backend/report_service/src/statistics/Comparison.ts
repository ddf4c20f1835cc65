import { businessDayOf } from "./businessDayOf.ts";
import { addDays, dayNumber } from "./day.ts";
import { contains, type Period } from "./Period.ts";

/** A period and what it is compared with. */
export type Comparison = {
  readonly period: Period;
  /** The days before; of the last one only what came before `until`, where that is given. */
  readonly previous: Period;
  /** A whole minute in ISO 8601 UTC, on the last day of `previous`; null when all of `previous` counts. */
  readonly until: string | null;
};

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * A period that is not over is compared with the same span of the one before: as many days, the last of them up to the
 * present time of day. `previous` may be shorter, as February is; when it was over by then, all of it counts. Business
 * days have 24 hours each.
 */
export function compare(period: Period, previous: Period, now: Date): Comparison {
  const today = businessDayOf(now);
  if (!contains(period, today)) return { period, previous, until: null };
  const last = addDays(previous.from, dayNumber(today) - dayNumber(period.from));
  if (last > previous.to) return { period, previous, until: null };
  const then = now.getTime() - (dayNumber(today) - dayNumber(last)) * DAY_MS;
  const until = new Date(then - (then % MINUTE_MS)).toISOString();
  return { period, previous: { from: previous.from, to: last }, until };
}

/** What the figures of `previous` stand for. */
export type ComparedSpan = Period & { readonly until: string | null };

export function comparedSpan({ previous, until }: Comparison): ComparedSpan {
  return { ...previous, until };
}
