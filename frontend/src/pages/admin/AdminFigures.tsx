import { useTranslation } from "react-i18next";
import { ComparisonNote } from "../../components/ComparisonNote.tsx";
import { Figure } from "../../components/Figure.tsx";
import { FigureGrid } from "../../components/FigureGrid.tsx";
import { PendingFigure } from "../../components/PendingFigure.tsx";
import type { GET_ADMIN_DASHBOARD_STATSQuery } from "../../graphql/generated/documents.ts";
import { useFormat } from "../../i18n/useFormat.ts";

type AdminFiguresProps = { readonly stats: GET_ADMIN_DASHBOARD_STATSQuery["adminDashboardStats"] };

export function AdminFigures({ stats }: AdminFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { previous } = stats;
  return (
    <FigureGrid label={t("figures.adminTitle")}>
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
      <PendingFigure count={stats.pendingVerification} oldestAt={stats.oldestPendingAt} />
      <Figure label={t("figures.activeSellers")} value={format.number(stats.activeSellers)} />
      <Figure
        label={t("figures.newClients")}
        value={format.number(stats.newClients)}
        note={<ComparisonNote current={stats.newClients} previous={previous.newClients} />}
      />
    </FigureGrid>
  );
}
