import type { CentsLike } from "../i18n/format.ts";

/** A point as statistics give it: the first day of what it sums up, and cents. */
export type SeriesPoint = { readonly day: string; readonly netSales: CentsLike };

/** A point as it is drawn. The previous period lies beneath the present one, day by day; amounts in dollars. */
export type SalesPoint = {
  readonly day: string;
  /** Null for what is yet to come. */
  readonly current: number | null;
  /** `current`, but for a point that still grows. */
  readonly finished: number | null;
  /** The way from the last finished point to the one that still grows; null elsewhere. */
  readonly soFar: number | null;
  /** It still grows. */
  readonly grows: boolean;
  readonly previousDay: string | null;
  readonly previous: number | null;
};

/**
 * Lays the previous period under the present one by position: both start at the left edge. `until`: the last day of the
 * period; while it is not over, the point that has begun last still grows.
 */
export function salesPoints(
  series: readonly SeriesPoint[],
  previous: readonly SeriesPoint[],
  { today, until }: { readonly today: string; readonly until: string },
): readonly SalesPoint[] {
  const growing = today <= until ? series.findLastIndex(({ day }) => day <= today) : Number.POSITIVE_INFINITY;
  return series.map(({ day, netSales }, index) => {
    const before = previous[index];
    const current = index > growing ? null : Number(netSales) / 100;
    return {
      day,
      current,
      finished: index < growing ? current : null,
      soFar: index === growing || index === growing - 1 ? current : null,
      grows: index === growing,
      previousDay: before?.day ?? null,
      previous: before === undefined ? null : Number(before.netSales) / 100,
    };
  });
}
