import type { Role } from "@espigon/event_contracts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLiveResource } from "../../hooks/useLiveResource.ts";
import { useServices } from "../../hooks/useServices.ts";
import { Order } from "../../lib/resources.ts";
import { concernsOrder } from "../concerns.ts";
import { LiveContent } from "../LiveContent.tsx";
import { PageHeader } from "../PageHeader.tsx";
import { Panel } from "../Panel.tsx";
import { RefreshButton } from "../RefreshButton.tsx";
import { OrderActions } from "./OrderActions.tsx";
import styles from "./OrderDetail.module.css";
import { OrderHistory } from "./OrderHistory.tsx";
import { OrderItems } from "./OrderItems.tsx";
import { StatusBadge } from "./StatusBadge.tsx";
import { useParties } from "./useParties.ts";

type OrderDetailProps = {
  readonly id: number;
  readonly viewer: Extract<Role, "SELLER" | "CLIENT">;
  /** The way back to the list. */
  readonly back: ReactNode;
};

/** One order, live: its state and next steps, what is in it, what happened to it. */
export function OrderDetail({ id, viewer, back }: OrderDetailProps) {
  const { t } = useTranslation();
  const { api } = useServices();
  const parties = useParties();
  const read = useLiveResource(`order ${id}`, (signal) => api.get(`/api/orders/${id}`, Order, { signal }), {
    concerns: concernsOrder(id),
  });
  return (
    <div className="stack">
      <PageHeader
        title={t("orders.number", { id })}
        subtitle={back}
        actions={<RefreshButton refreshing={read.refreshing} onRefresh={read.refetch} />}
      />
      <LiveContent read={read}>
        {(order) => (
          <div className={styles["columns"]}>
            <Panel title={t("orders.items")} refreshing={read.refreshing}>
              <div className="stack">
                <OrderItems order={order} />
                {Boolean(order.note) && (
                  <p>
                    <span className="muted">{t("orders.note")}:</span> {order.note}
                  </p>
                )}
              </div>
            </Panel>
            <div className="stack">
              <Panel title={t("orders.state")}>
                <div className="stack">
                  <p className="row">
                    <StatusBadge status={order.status} />
                    <span className="muted">{viewer === "SELLER" ? parties.client(order) : parties.seller(order)}</span>
                  </p>
                  {viewer === "CLIENT" && order.status === "pending_payment" && (
                    <p className="note">{t("orders.payHint")}</p>
                  )}
                  <OrderActions order={order} viewer={viewer} onChanged={read.refetch} />
                </div>
              </Panel>
              <Panel title={t("orders.history")}>
                <OrderHistory history={order.history} />
              </Panel>
            </div>
          </div>
        )}
      </LiveContent>
    </div>
  );
}
