import { useTranslation } from "react-i18next";
import { LiveContent } from "../../components/LiveContent.tsx";
import { Panel } from "../../components/Panel.tsx";
import { SalesPanel } from "../../components/SalesPanel.tsx";
import { Skeleton } from "../../components/Skeleton.tsx";
import type { GET_ADMIN_SALESQuery, Granularity } from "../../graphql/generated/documents.ts";
import type { Live } from "../../hooks/Live.ts";
import { GranularityFilter } from "./GranularityFilter.tsx";

const TITLES = { DAY: "figures.salesByDay", WEEK: "figures.salesByWeek", MONTH: "figures.salesByMonth" } as const;

type AdminSalesProps = {
  readonly read: Live<GET_ADMIN_SALESQuery>;
  readonly granularity: Granularity;
  readonly onGranularityChange: (granularity: Granularity) => void;
};

type Point = { readonly start: string; readonly netSales: string };

/** The market's sales by day, week or month. */
export function AdminSales({ read, granularity, onGranularityChange }: AdminSalesProps) {
  const { t } = useTranslation();
  const title = t(TITLES[granularity]);
  const filter = <GranularityFilter value={granularity} onChange={onGranularityChange} />;
  if (read.data === undefined) {
    return (
      <Panel title={title} actions={filter}>
        <LiveContent read={read} skeleton={<Skeleton shape="chart" />}>
          {() => null}
        </LiveContent>
      </Panel>
    );
  }
  return (
    <LiveContent read={read}>
      {({ adminSales }) => (
        <SalesPanel
          title={title}
          series={adminSales.points.map(seriesPoint)}
          previous={adminSales.previousPoints.map(seriesPoint)}
          until={adminSales.period.to}
          refreshing={read.refreshing}
          actions={filter}
        />
      )}
    </LiveContent>
  );
}

function seriesPoint({ start, netSales }: Point) {
  return { day: start, netSales };
}
