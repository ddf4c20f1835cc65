import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { OrderDetail } from "../../components/orders/OrderDetail.tsx";

const route = getRouteApi("/seller/orders/$orderId");

export function OrderPage(): ReactNode {
  const { t } = useTranslation();
  const { orderId } = route.useParams();
  return (
    <OrderDetail
      key={orderId}
      id={Number(orderId)}
      viewer="SELLER"
      back={<Link to="/seller/orders">{t("orders.sellerTitle")}</Link>}
    />
  );
}
