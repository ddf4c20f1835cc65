import { OrderStatus } from "@espigon/event_contracts";
import { Button, NativeSelect } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../components/EmptyState.tsx";
import { LiveContent } from "../../components/LiveContent.tsx";
import { LoadMore } from "../../components/LoadMore.tsx";
import { OrdersTable } from "../../components/orders/OrdersTable.tsx";
import { parseOrdersSearch } from "../../components/orders/ordersSearch.ts";
import { useOrders } from "../../components/orders/useOrders.ts";
import { PageHeader } from "../../components/PageHeader.tsx";
import { Panel } from "../../components/Panel.tsx";
import { RefreshButton } from "../../components/RefreshButton.tsx";

const route = getRouteApi("/seller/orders");

/** The seller's orders, live, with the next step of each. The state filter lives in the address. */
export function OrdersPage(): ReactNode {
  const { t } = useTranslation();
  const { status } = route.useSearch();
  const navigate = route.useNavigate();
  const { read, loadMore } = useOrders(status === undefined ? {} : { status });

  function show(value: string) {
    void navigate({ search: parseOrdersSearch({ status: value }) });
  }

  return (
    <div className="stack">
      <PageHeader
        title={t("orders.sellerTitle")}
        actions={
          <>
            <NativeSelect
              aria-label={t("orders.filter")}
              value={status ?? ""}
              data={[
                { value: "", label: t("orders.allStates") },
                ...OrderStatus.options.map((value) => ({ value, label: t(`orders.status.${value}`) })),
              ]}
              onChange={({ currentTarget }) => show(currentTarget.value)}
            />
            <RefreshButton refreshing={read.refreshing} onRefresh={read.refetch} />
          </>
        }
      />
      <Panel
        titleHidden
        title={t(status === undefined ? "orders.allStates" : `orders.status.${status}`)}
        refreshing={read.refreshing}
      >
        <LiveContent read={read}>
          {({ orders, next_cursor }) => (
            <>
              {orders.length > 0 && <OrdersTable orders={orders} viewer="SELLER" onChanged={read.refetch} />}
              {orders.length === 0 && status === undefined && (
                <EmptyState text={t("orders.empty")} detail={t("orders.emptySeller")} />
              )}
              {orders.length === 0 && status !== undefined && (
                <EmptyState text={t("orders.emptyFiltered")}>
                  <Button variant="default" onClick={() => show("")}>
                    {t("common.clearFilters")}
                  </Button>
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
