import { useTranslation } from "react-i18next";
import { ComparisonNote } from "../../components/ComparisonNote.tsx";
import { Figure } from "../../components/Figure.tsx";
import { FigureGrid } from "../../components/FigureGrid.tsx";
import { LiveContent } from "../../components/LiveContent.tsx";
import { Panel } from "../../components/Panel.tsx";
import type { GET_ADMIN_CLIENTSQuery } from "../../graphql/generated/documents.ts";
import type { Live } from "../../hooks/Live.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import styles from "./AdminDashboard.module.css";
import { RankingTable } from "./RankingTable.tsx";

/** Who buys: how many, how many are new or come back, and who buys most. */
export function ClientsPanel({ read }: { readonly read: Live<GET_ADMIN_CLIENTSQuery> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t("figures.clients")} refreshing={read.refreshing}>
      <LiveContent read={read}>
        {({ adminClients: clients }) => (
          <div className={styles["clients"]}>
            <FigureGrid label={t("figures.clients")}>
              <Figure label={t("figures.totalClients")} value={format.number(clients.totalClients)} />
              <Figure
                label={t("figures.newClients")}
                value={format.number(clients.newClients)}
                note={
                  <ComparisonNote current={clients.newClients} previous={clients.previous.newClients} span={clients} />
                }
              />
              <Figure label={t("figures.activeClients")} value={format.number(clients.activeClients)} />
              <Figure label={t("figures.returningClients")} value={format.number(clients.returningClients)} />
            </FigureGrid>
            <h3>{t("figures.topClients")}</h3>
            <RankingTable
              who={t("figures.client")}
              count={t("figures.paidOrders")}
              empty={t("figures.emptyClients")}
              rows={clients.topClients.map(({ clientId, ...client }) => ({ id: clientId, ...client }))}
            />
          </div>
        )}
      </LiveContent>
    </Panel>
  );
}
