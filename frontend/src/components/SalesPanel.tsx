import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { EmptyState } from "./EmptyState.tsx";
import { Panel } from "./Panel.tsx";
import { type SalesPoint, type SeriesPoint, salesPoints } from "./salesPoints.ts";
import styles from "./SalesPanel.module.css";
import { SalesTable } from "./SalesTable.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { useToday } from "./useToday.ts";

const SalesChart = lazy(async () => ({ default: (await import("./SalesChart.tsx")).SalesChart }));

type SalesPanelProps = {
  readonly title: string;
  readonly series: readonly SeriesPoint[];
  readonly previous: readonly SeriesPoint[];
  /** The last day of the period: until it is over, the point of today still grows. */
  readonly until: string;
  readonly refreshing?: boolean;
  /** More controls beside the switch to the table. */
  readonly actions?: ReactNode;
  /** What to offer when nothing was sold. */
  readonly emptyAction?: ReactNode;
};

/** Sales over time, as a chart or as the table of the same numbers. */
export function SalesPanel(props: SalesPanelProps) {
  const { title, series, previous, until, refreshing = false, actions, emptyAction } = props;
  const { t } = useTranslation();
  const summary = useSummary();
  const [asTable, setAsTable] = useState(false);
  const points = salesPoints(series, previous, { today: useToday(), until });
  const empty = points.every(({ current, previous: before }) => (current ?? 0) === 0 && (before ?? 0) === 0);
  return (
    <Panel
      title={title}
      refreshing={refreshing}
      actions={
        <span className="row">
          {actions}
          {!empty && (
            <button type="button" className="link-button" onClick={() => setAsTable(!asTable)}>
              {t(asTable ? "common.showAsChart" : "common.showAsTable")}
            </button>
          )}
        </span>
      }
    >
      {empty && <EmptyState text={t("figures.emptySeries")}>{emptyAction}</EmptyState>}
      {!empty && asTable && <SalesTable caption={title} points={points} />}
      {!empty && !asTable && (
        <Suspense fallback={<Skeleton shape="chart" />}>
          <SalesChart title={title} summary={summary(points)} points={points} />
        </Suspense>
      )}
      {!empty && points.some(({ grows }) => grows) && (
        <p className={`note ${styles["basis"]}`}>{t("figures.wholeDays")}</p>
      )}
    </Panel>
  );
}

function useSummary(): (points: readonly SalesPoint[]) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (points) => {
    const [first] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined) return "";
    const cents = ({ current }: SalesPoint) => Math.round((current ?? 0) * 100);
    const best = points.reduce((top, point) => (cents(point) > cents(top) ? point : top), first);
    const total = points.reduce((sum, point) => sum + cents(point), 0);
    return t("figures.chartSummary", {
      from: format.day(first.day),
      to: format.day(last.day),
      max: format.money(cents(best)),
      maxDay: format.day(best.day),
      total: format.money(total),
    });
  };
}
