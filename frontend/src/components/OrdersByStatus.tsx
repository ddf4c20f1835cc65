import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import { EmptyState } from "./EmptyState.tsx";
import { orderGroups, type StatusCount } from "./orderGroups.ts";
import styles from "./OrdersByStatus.module.css";

/** Orders by their present state: what is under way and what is finished, each with a scale of its own. */
export function OrdersByStatus({ counts }: { readonly counts: readonly StatusCount[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (counts.every(({ count }) => count === 0)) return <EmptyState text={t("figures.emptyOrders")} />;
  return (
    <div className={styles["groups"]}>
      {orderGroups(counts).map(({ name, total, bars }) => (
        <div key={name}>
          <h3 className={styles["group"]}>
            {t(name === "open" ? "figures.statusOpen" : "figures.statusClosed")}
            <span>{format.number(total)}</span>
          </h3>
          <ul>
            {bars.map(({ status, count, share }) => (
              <li key={status} className={styles["row"]}>
                <span>{t(`orders.status.${status}`)}</span>
                <span className={styles["track"]} aria-hidden="true">
                  <span className={styles["bar"]} data-empty={count === 0} style={{ width: `${share * 100}%` }} />
                </span>
                <span className="number">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <p className="note">{t("figures.statusScale")}</p>
    </div>
  );
}
