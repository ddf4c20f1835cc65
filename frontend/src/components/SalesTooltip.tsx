import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import styles from "./SalesChart.module.css";
import type { SalesPoint } from "./salesPoints.ts";

/** Both periods at one point of the chart. */
export function SalesTooltip({ point }: { readonly point: SalesPoint | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (point === undefined) return null;
  const day = format.shortDay(point.day);
  return (
    <div className={styles["tooltip"]}>
      {point.current !== null && (
        <span className={styles["key"]} data-series={point.grows ? "so-far" : "current"}>
          {point.grows ? t("figures.daySoFar", { day }) : day}:{" "}
          <strong>{format.money(Math.round(point.current * 100))}</strong>
        </span>
      )}
      {point.previous !== null && point.previousDay !== null && (
        <span className={styles["key"]} data-series="previous">
          {format.shortDay(point.previousDay)}: {format.money(Math.round(point.previous * 100))}
        </span>
      )}
    </div>
  );
}
