import { Role } from "@espigon/event_contracts";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Order } from "../../lib/resources.ts";
import styles from "./OrderHistory.module.css";
import { StatusBadge } from "./StatusBadge.tsx";

const Actor = z.enum([...Role.options, "SYSTEM"]);

/** What happened to an order, oldest first: when, by whom, and why. */
export function OrderHistory({ history }: { readonly history: Order["history"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className={styles["history"]}>
      {history.map(({ status, at, by, reason }) => {
        const actor = Actor.safeParse(by);
        return (
          <li key={`${at} ${status}`} className={styles["entry"]}>
            <StatusBadge status={status} />
            <p className="note">
              <time dateTime={at}>{format.instant(at)}</time>
              {actor.success && `, ${t(`orders.by.${actor.data}`)}`}
            </p>
            {reason !== undefined && reason !== null && <p>{reason}</p>}
          </li>
        );
      })}
    </ol>
  );
}
