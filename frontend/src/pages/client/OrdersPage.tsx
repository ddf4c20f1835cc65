import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { LiveContent } from "../../components/LiveContent.tsx";
import { LoadMore } from "../../components/LoadMore.tsx";
import { OrdersTable } from "../../components/orders/OrdersTable.tsx";
import { useOrders } from "../../components/orders/useOrders.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefreshButton } from "../../components/RefreshButton.tsx";

/** What the client has ordered, each with its state as it changes. */
export function OrdersPage(): ReactNode {
  const { t } = useTranslation();
  const { read, loadMore } = useOrders({});
  return (
    <div className="stack">
      <PageHeader
        title={t("orders.clientTitle")}
        actions={<RefreshButton refreshing={read.refreshing} onRefresh={read.refetch} />}
      />
      <Panel titleHidden title={t("orders.allStates")} refreshing={read.refreshing}>
        <LiveContent read={read}>
          {({ orders, next_cursor }) => (
            <>
              {orders.length > 0 && <OrdersTable orders={orders} viewer="CLIENT" onChanged={read.refetch} />}
              {orders.length === 0 && (
                <EmptyState text={t("orders.emptyClient")}>
                  <Link to="/catalog">{t("orders.toCatalogue")}</Link>
                </EmptyState>
              )}
              {next_cursor !== null && <LoadMore onLoad={loadMore} />}
            </>
          )}
        </LiveContent>
      </Panel>
    </div>
  );
}
