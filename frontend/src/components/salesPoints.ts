import type { CentsLike } from "../i18n/format.ts";

/** A point as statistics give it: the first day of what it sums up, and cents. */
export type SeriesPoint = { readonly day: string; readonly netSales: CentsLike };

/** A point as it is drawn. The previous period lies beneath the present one, day by day; amounts in dollars. */
export type SalesPoint = {
  readonly day: string;
  readonly current: number;
  /** `current`, but for the last point of a period that is not over: its amount still grows. */
  readonly finished: number | null;
  /** The way from the last finished point to the unfinished one; null elsewhere. */
  readonly soFar: number | null;
  readonly previousDay: string | null;
  readonly previous: number | null;
};

/**
 * Lays the previous period under the present one by position: both start at the left edge. `unfinished`: the last point
 * still grows.
 */
export function salesPoints(
  series: readonly SeriesPoint[],
  previous: readonly SeriesPoint[],
  unfinished: boolean,
): readonly SalesPoint[] {
  const last = series.length - 1;
  return series.map(({ day, netSales }, index) => {
    const before = previous[index];
    const current = Number(netSales) / 100;
    return {
      day,
      current,
      finished: unfinished && index === last ? null : current,
      soFar: unfinished && index >= last - 1 ? current : null,
      previousDay: before?.day ?? null,
      previous: before === undefined ? null : Number(before.netSales) / 100,
    };
  });
}
