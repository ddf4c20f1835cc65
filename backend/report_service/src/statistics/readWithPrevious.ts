import { daysIn, type Period, previousPeriod } from "./Period.ts";
import { MAX_READ_SPAN_DAYS } from "./StatisticsSource.ts";

type Rows<Day> = { readonly as_of: number; readonly days: readonly Day[] };

export type WithPrevious<Day, Answer extends Rows<Day>> = {
  /** Complete up to the older of the snapshots that were read. */
  readonly asOf: number;
  readonly previous: Period;
  /** The days of both periods, ascending. */
  readonly days: readonly Day[];
  /** The answer that spans the period itself. */
  readonly answer: Answer;
};

/** Reads the period and the one before it: in one snapshot where the range allows it, else in two. */
export async function readWithPrevious<Day, Answer extends Rows<Day>>(
  period: Period,
  read: (range: Period) => Promise<Answer & Rows<Day>>,
): Promise<WithPrevious<Day, Answer>> {
  const previous = previousPeriod(period);
  const whole = { from: previous.from, to: period.to };
  if (daysIn(whole) - 1 <= MAX_READ_SPAN_DAYS) {
    const answer = await read(whole);
    return { asOf: answer.as_of, previous, days: answer.days, answer };
  }
  const [before, answer] = await Promise.all([read(previous), read(period)]);
  return {
    asOf: Math.min(before.as_of, answer.as_of),
    previous,
    days: [...before.days, ...answer.days],
    answer,
  };
}
