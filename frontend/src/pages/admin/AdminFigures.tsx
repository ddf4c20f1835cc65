import { useTranslation } from "react-i18next";
import { ComparisonNote } from "../../components/ComparisonNote.tsx";
import { Figure } from "../../components/Figure.tsx";
import { FigureGrid } from "../../components/FigureGrid.tsx";
import { PendingFigure } from "../../components/PendingFigure.tsx";
import { SalesFigures } from "../../components/SalesFigures.tsx";
import type { GET_ADMIN_DASHBOARD_STATSQuery } from "../../graphql/generated/documents.ts";
import { useFormat } from "../../i18n/useFormat.ts";

type AdminFiguresProps = { readonly stats: GET_ADMIN_DASHBOARD_STATSQuery["adminDashboardStats"] };

export function AdminFigures({ stats }: AdminFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { previous } = stats;
  return (
    <FigureGrid label={t("figures.adminTitle")}>
      <SalesFigures sales={stats} />
      <PendingFigure count={stats.pendingVerification} oldestAt={stats.oldestPendingAt} />
      <Figure label={t("figures.activeSellers")} value={format.number(stats.activeSellers)} />
      <Figure
        label={t("figures.newClients")}
        value={format.number(stats.newClients)}
        note={<ComparisonNote current={stats.newClients} previous={previous.newClients} span={stats} />}
      />
    </FigureGrid>
  );
}
