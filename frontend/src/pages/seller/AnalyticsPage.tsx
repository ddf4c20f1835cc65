import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SellerAnalytics } from "../../components/SellerAnalytics.tsx";

const route = getRouteApi("/seller/analytics");

/** The seller's own sales. The period lives in the address. */
export function AnalyticsPage(): ReactNode {
  const { t } = useTranslation();
  const period = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SellerAnalytics
      period={period}
      onPeriodChange={(search) => void navigate({ search })}
      reviewLink={
        <Link to="/seller/orders" search={{ status: "payment_submitted" }}>
          {t("figures.review")}
        </Link>
      }
      emptyAction={<Link to="/seller/products/new">{t("figures.emptySeriesAction")}</Link>}
    />
  );
}
