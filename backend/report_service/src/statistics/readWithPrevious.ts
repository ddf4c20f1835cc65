import type { Comparison } from "./Comparison.ts";
import { daysIn, type Period } from "./Period.ts";
import { MAX_READ_SPAN_DAYS } from "./StatisticsSource.ts";

type Rows<Day> = { readonly as_of: number; readonly days: readonly Day[]; readonly part?: Day | undefined };
type Read<Answer> = (range: Period, until: string | null) => Promise<Answer>;

/** The days of the previous period, and what they stand for. */
export type Before<Day> = {
  readonly as_of: number;
  readonly days: readonly Day[];
  /** The same, but the last day counts up to the present time of day where the period is not over. */
  readonly comparable: readonly Day[];
};

export type WithPrevious<Day, Answer extends Rows<Day>> = {
  /** Complete up to the older of the snapshots that were read. */
  readonly asOf: number;
  readonly before: Before<Day>;
  /** The answer that spans the period itself. */
  readonly answer: Answer;
};

/** Reads the period and the one before it: in one snapshot where the range allows it, else in two. */
export async function readWithPrevious<Day extends { readonly day: string }, Answer extends Rows<Day>>(
  { period, previous, until }: Comparison,
  read: Read<Answer & Rows<Day>>,
): Promise<WithPrevious<Day, Answer>> {
  const whole = { from: previous.from, to: period.to };
  if (daysIn(whole) - 1 <= MAX_READ_SPAN_DAYS) {
    const answer = await read(whole, until);
    return { asOf: answer.as_of, before: beforeOf(answer), answer };
  }
  const [before, answer] = await Promise.all([readPrevious({ previous, until }, read), read(period, null)]);
  return { asOf: Math.min(before.as_of, answer.as_of), before, answer };
}

export async function readPrevious<Day extends { readonly day: string }, Answer extends Rows<Day>>(
  { previous, until }: Omit<Comparison, "period">,
  read: Read<Answer & Rows<Day>>,
): Promise<Before<Day>> {
  return beforeOf(await read(previous, until));
}

/** `days` may reach past the previous period; who adds them up says which count. */
function beforeOf<Day extends { readonly day: string }>({ as_of, days, part }: Rows<Day>): Before<Day> {
  if (part === undefined) return { as_of, days, comparable: days };
  return { as_of, days, comparable: [...days.filter(({ day }) => day !== part.day), part] };
}
