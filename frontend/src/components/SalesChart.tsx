import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { useDeferredValue, useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { DepthBands } from "./DepthBands.tsx";
import { SalesTooltip } from "./SalesTooltip.tsx";
import styles from "./SalesChart.module.css";
import type { SalesPoint } from "./salesPoints.ts";

const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };

type SalesChartProps = {
  readonly title: string;
  /** The same in words, for who cannot see the lines. */
  readonly summary: string;
  readonly points: readonly SalesPoint[];
};

/** Net sales as the section of a sea bed, with the previous period as a dashed line. Loaded lazily: it is heavy. */
export function SalesChart({ title, summary, points }: SalesChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const bands = useId();
  const data = useDeferredValue(points);
  return (
    <>
      <p className={styles["legend"]} aria-hidden="true">
        {data.some(({ finished }) => finished !== null) && (
          <span className={styles["key"]}>{t("figures.thisPeriod")}</span>
        )}
        {data.some(({ soFar }) => soFar !== null) && (
          <span className={styles["key"]} data-series="so-far">
            {t("figures.soFar")}
          </span>
        )}
        <span className={styles["key"]} data-series="previous">
          {t("figures.previousPeriod")}
        </span>
      </p>
      <AreaChart
        className={styles["chart"] ?? ""}
        data={[...data]}
        dataKey="day"
        series={[
          { name: "finished", label: t("figures.thisPeriod"), color: "var(--series-1)" },
          { name: "soFar", label: t("figures.soFar"), color: "var(--series-1)", strokeDasharray: "2 4" },
          { name: "previous", label: t("figures.previousPeriod"), color: "var(--series-2)", strokeDasharray: "5 4" },
        ]}
        areaProps={({ name }) => ({
          isAnimationActive: false,
          fill: name === "finished" ? `url(#${bands})` : "transparent",
        })}
        areaChartProps={{ title, desc: summary, margin: MARGIN }}
        curveType="monotone"
        fillOpacity={1}
        withDots={data.length < 2}
        strokeWidth={2}
        tickLine="none"
        xAxisProps={{ tickFormatter: format.shortDay, minTickGap: 28, interval: "preserveStartEnd" }}
        yAxisProps={{ tickFormatter: format.wholeMoney, width: 64, tickCount: 5, allowDecimals: false }}
        tooltipProps={{
          isAnimationActive: false,
          content: salesTooltip,
        }}
      >
        <DepthBands id={bands} />
      </AreaChart>
    </>
  );
}

function salesTooltip({ payload }: { readonly payload: readonly { readonly payload?: unknown }[] }) {
  return <SalesTooltip point={payload[0]?.payload as SalesPoint | undefined} />;
}
