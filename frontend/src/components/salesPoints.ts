import type { CentsLike } from "../i18n/format.ts";

/** A point as statistics give it: the first day of what it sums up, and cents. */
export type SeriesPoint = { readonly day: string; readonly netSales: CentsLike };

/** A point as it is drawn. The previous period lies beneath the present one, day by day; amounts in dollars. */
export type SalesPoint = {
  readonly day: string;
  readonly current: number;
  readonly previousDay: string | null;
  readonly previous: number | null;
};

/** Lays the previous period under the present one by position: both start at the left edge. */
export function salesPoints(series: readonly SeriesPoint[], previous: readonly SeriesPoint[]): readonly SalesPoint[] {
  return series.map(({ day, netSales }, index) => {
    const before = previous[index];
    return {
      day,
      current: Number(netSales) / 100,
      previousDay: before?.day ?? null,
      previous: before === undefined ? null : Number(before.netSales) / 100,
    };
  });
}
