import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { GET_SELLER_DASHBOARD_STATSQuery } from "../graphql/generated/documents.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { ComparisonNote } from "./ComparisonNote.tsx";
import { Figure } from "./Figure.tsx";
import { FigureGrid } from "./FigureGrid.tsx";
import { PendingFigure } from "./PendingFigure.tsx";
import { SalesFigures } from "./SalesFigures.tsx";

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
      <SalesFigures sales={stats} />
      <PendingFigure count={stats.pendingVerification} oldestAt={stats.oldestPendingAt} action={reviewLink} />
      <Figure
        label={t("figures.unitsSold")}
        value={format.number(stats.unitsSold)}
        note={<ComparisonNote current={stats.unitsSold} previous={previous.unitsSold} span={stats} />}
      />
      <Figure
        label={t("figures.lowStock")}
        value={format.number(stats.lowStock)}
        note={t("figures.lowStockNote", { count: stats.lowStock })}
      />
    </FigureGrid>
  );
}
