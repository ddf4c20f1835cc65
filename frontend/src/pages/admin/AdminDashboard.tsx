import { useTranslation } from "react-i18next";
import { concernsAdminStats } from "../../components/concerns.ts";
import { LiveContent } from "../../components/LiveContent.tsx";
import { OrdersByStatus } from "../../components/OrdersByStatus.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { type PeriodSearch, toPeriodInput } from "../../components/period.ts";
import { PeriodFilter } from "../../components/PeriodFilter.tsx";
import { RefreshButton } from "../../components/RefreshButton.tsx";
import { usePeriodText } from "../../components/usePeriodText.ts";
import {
  GET_ADMIN_CLIENTS,
  GET_ADMIN_DASHBOARD_STATS,
  GET_ADMIN_SALES,
  type Granularity,
} from "../../graphql/generated/documents.ts";
import { useLiveQuery } from "../../hooks/useLiveQuery.ts";
import styles from "./AdminDashboard.module.css";
import { AdminFigures } from "./AdminFigures.tsx";
import { AdminSales } from "./AdminSales.tsx";
import { ClientsPanel } from "./ClientsPanel.tsx";
import { TopSellers } from "./TopSellers.tsx";

type AdminDashboardProps = {
  readonly period: PeriodSearch;
  readonly granularity: Granularity;
  readonly onPeriodChange: (period: PeriodSearch) => void;
  readonly onGranularityChange: (granularity: Granularity) => void;
};

/** The whole market: figures, sales over time, sellers, orders, clients. Live; each part loads and fails by itself. */
export function AdminDashboard({ period, granularity, onPeriodChange, onGranularityChange }: AdminDashboardProps) {
  const { t } = useTranslation();
  const periodText = usePeriodText();
  const concerns = concernsAdminStats;
  const input = toPeriodInput(period);
  const stats = useLiveQuery(GET_ADMIN_DASHBOARD_STATS, { variables: { period: input }, concerns });
  const sales = useLiveQuery(GET_ADMIN_SALES, { variables: { period: input, granularity }, concerns });
  const clients = useLiveQuery(GET_ADMIN_CLIENTS, { variables: { period: input }, concerns });
  const reads = [stats, sales, clients];
  const resolved = stats.data?.adminDashboardStats.period;

  return (
    <div className="stack">
      <PageHeader
        title={t("figures.adminTitle")}
        subtitle={resolved && periodText(resolved)}
        actions={
          <>
            <PeriodFilter value={period} resolved={resolved} onChange={onPeriodChange} />
            <RefreshButton
              refreshing={reads.some(({ refreshing }) => refreshing)}
              onRefresh={() => reads.forEach(({ refetch }) => refetch())}
            />
          </>
        }
      />
      <LiveContent read={stats}>
        {({ adminDashboardStats }) => <AdminFigures stats={adminDashboardStats} />}
      </LiveContent>
      <AdminSales read={sales} granularity={granularity} onGranularityChange={onGranularityChange} />
      <div className={styles["lower"]}>
        <div className="stack">
          <Panel title={t("figures.topSellers")} refreshing={stats.refreshing}>
            <LiveContent read={stats}>
              {({ adminDashboardStats }) => <TopSellers sellers={adminDashboardStats.topSellers} />}
            </LiveContent>
          </Panel>
          <ClientsPanel read={clients} />
        </div>
        <Panel title={t("figures.ordersByStatus")} refreshing={stats.refreshing}>
          <LiveContent read={stats}>
            {({ adminDashboardStats }) => <OrdersByStatus counts={adminDashboardStats.ordersByStatus} />}
          </LiveContent>
        </Panel>
      </div>
    </div>
  );
}
