import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { GET_SELLER_DASHBOARD_STATSQuery } from "../graphql/generated/documents.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { ComparisonNote } from "./ComparisonNote.tsx";
import { Figure } from "./Figure.tsx";
import { FigureGrid } from "./FigureGrid.tsx";
import { PendingFigure } from "./PendingFigure.tsx";

type SellerFiguresProps = {
  readonly stats: GET_SELLER_DASHBOARD_STATSQuery["sellerDashboardStats"];
  readonly reviewLink: ReactNode;
};

export function SellerFigures({ stats, reviewLink }: SellerFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { previous } = stats;
  return (
    <FigureGrid label={t("figures.sellerTitle")}>
      <Figure
        lead
        label={t("figures.netSales")}
        help={t("figures.netSalesHelp")}
        value={format.money(stats.netSales)}
        note={<ComparisonNote current={Number(stats.netSales)} previous={Number(previous.netSales)} />}
      />
      <Figure
        label={t("figures.orders")}
        value={format.number(stats.orders)}
        note={<ComparisonNote current={stats.orders} previous={previous.orders} />}
      />
      <Figure
        label={t("figures.averageTicket")}
        value={format.money(stats.averageTicket)}
        note={<ComparisonNote current={Number(stats.averageTicket)} previous={Number(previous.averageTicket)} />}
      />
      <PendingFigure count={stats.pendingVerification} oldestAt={stats.oldestPendingAt} action={reviewLink} />
      <Figure
        label={t("figures.unitsSold")}
        value={format.number(stats.unitsSold)}
        note={<ComparisonNote current={stats.unitsSold} previous={previous.unitsSold} />}
      />
      <Figure
        label={t("figures.lowStock")}
        value={format.number(stats.lowStock)}
        note={t("figures.lowStockNote", { count: stats.lowStock })}
      />
    </FigureGrid>
  );
}
