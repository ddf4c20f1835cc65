import type { Role } from "@espigon/event_contracts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Order } from "../../lib/resources.ts";
import { OrderActions } from "./OrderActions.tsx";
import { placedAt } from "./placedAt.ts";
import { StatusBadge } from "./StatusBadge.tsx";
import { useParties } from "./useParties.ts";

type OrdersTableProps = {
  readonly orders: readonly Order[];
  /** Who looks: decides the other party's column, the links and the actions. */
  readonly viewer: Extract<Role, "SELLER" | "CLIENT">;
  readonly onChanged: () => void;
};

/** Orders with their state and what can be done next. On a narrow screen each becomes a block. */
export function OrdersTable({ orders, viewer, onChanged }: OrdersTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const parties = useParties();
  const other = viewer === "SELLER" ? parties.client : parties.seller;
  return (
    <table className="table table-cards">
      <thead>
        <tr>
          <th scope="col">{t("orders.order")}</th>
          <th scope="col">{t(viewer === "SELLER" ? "orders.client" : "orders.seller")}</th>
          <th scope="col">{t("orders.state")}</th>
          <th scope="col" className="money">
            {t("orders.total")}
          </th>
          <th scope="col">{t("orders.actions")}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.id}>
            <th scope="row">
              <OrderLink id={order.id} viewer={viewer} />
              <PlacedNote iso={placedAt(order)} format={format.instant} />
            </th>
            <td>{other(order)}</td>
            <td>
              <StatusBadge status={order.status} />
            </td>
            <td className="money">{format.money(order.totals.total)}</td>
            <td className="wide">
              <OrderActions order={order} viewer={viewer} onChanged={onChanged} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OrderLink({ id, viewer }: { readonly id: number; readonly viewer: OrdersTableProps["viewer"] }) {
  const { t } = useTranslation();
  const params = { orderId: String(id) };
  const text = t("orders.number", { id });
  return viewer === "SELLER" ? (
    <Link to="/seller/orders/$orderId" params={params}>
      {text}
    </Link>
  ) : (
    <Link to="/orders/$orderId" params={params}>
      {text}
    </Link>
  );
}

function PlacedNote({ iso, format }: { readonly iso: string | undefined; readonly format: (iso: string) => string }) {
  if (iso === undefined) return null;
  return (
    <div className="note">
      <time dateTime={iso}>{format(iso)}</time>
    </div>
  );
}
