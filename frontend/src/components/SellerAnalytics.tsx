import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GET_SELLER_BEST_PRODUCTS, GET_SELLER_DASHBOARD_STATS } from "../graphql/generated/documents.ts";
import { useLiveQuery } from "../hooks/useLiveQuery.ts";
import { concernsSellerStats } from "./concerns.ts";
import { LiveContent } from "./LiveContent.tsx";
import { OrdersByStatus } from "./OrdersByStatus.tsx";
import { PageHeader } from "./PageHeader.tsx";
import { Panel } from "./Panel.tsx";
import { type PeriodSearch, toPeriodInput } from "./period.ts";
import { PeriodFilter } from "./PeriodFilter.tsx";
import { ProductsTable } from "./ProductsTable.tsx";
import { RefreshButton } from "./RefreshButton.tsx";
import { SalesPanel } from "./SalesPanel.tsx";
import styles from "./SellerAnalytics.module.css";
import { SellerFigures } from "./SellerFigures.tsx";
import { Skeleton } from "./Skeleton.tsx";
import { usePeriodText } from "./usePeriodText.ts";

const BEST_PRODUCTS = 10;

type SellerAnalyticsProps = {
  readonly period: PeriodSearch;
  readonly onPeriodChange: (period: PeriodSearch) => void;
  /** Whose figures; absent: the seller's own. */
  readonly sellerId?: string;
  /** What a seller who has sold nothing does next. */
  readonly emptyAction?: ReactNode;
  /** Where payments are verified. */
  readonly reviewLink?: ReactNode;
};

/** A seller's sales: figures against the period before, the days, the products, the orders. Live. */
export function SellerAnalytics(props: SellerAnalyticsProps) {
  const { period, onPeriodChange, sellerId, emptyAction, reviewLink } = props;
  const { t } = useTranslation();
  const periodText = usePeriodText();
  const seller = sellerId === undefined ? {} : { sellerId };
  const variables = { ...seller, period: toPeriodInput(period) };
  const stats = useLiveQuery(GET_SELLER_DASHBOARD_STATS, { variables, concerns: concernsSellerStats });
  const best = useLiveQuery(GET_SELLER_BEST_PRODUCTS, {
    variables: { ...variables, limit: BEST_PRODUCTS },
    concerns: concernsSellerStats,
  });
  const resolved = stats.data?.sellerDashboardStats.period;

  return (
    <div className="stack">
      <PageHeader
        title={t("figures.sellerTitle")}
        subtitle={resolved && periodText(resolved)}
        actions={
          <>
            <PeriodFilter value={period} resolved={resolved} onChange={onPeriodChange} />
            <RefreshButton
              refreshing={stats.refreshing || best.refreshing}
              onRefresh={() => {
                stats.refetch();
                best.refetch();
              }}
            />
          </>
        }
      />
      <LiveContent read={stats} skeleton={<Skeleton shape="chart" />}>
        {({ sellerDashboardStats: data }) => (
          <div className="stack">
            <SellerFigures stats={data} reviewLink={reviewLink} />
            <SalesPanel
              title={t("figures.salesByDay")}
              series={data.series}
              previous={data.previousSeries}
              until={data.period.to}
              refreshing={stats.refreshing}
              emptyAction={emptyAction}
            />
          </div>
        )}
      </LiveContent>
      <div className={styles["lower"]}>
        <Panel title={t("figures.bestProducts")} refreshing={best.refreshing}>
          <LiveContent read={best}>
            {({ sellerBestProducts }) => <ProductsTable products={sellerBestProducts.products} />}
          </LiveContent>
        </Panel>
        <Panel title={t("figures.ordersByStatus")} refreshing={stats.refreshing}>
          <LiveContent read={stats}>
            {({ sellerDashboardStats }) => <OrdersByStatus counts={sellerDashboardStats.ordersByStatus} />}
          </LiveContent>
        </Panel>
      </div>
    </div>
  );
}
