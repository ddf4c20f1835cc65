import type { OrderStatus } from "@espigon/event_contracts";
import { useTranslation } from "react-i18next";
import styles from "./StatusBadge.module.css";

type Tone = "waiting" | "attention" | "going" | "done" | "off";

const TONES: Record<OrderStatus, Tone> = {
  pending_payment: "waiting",
  payment_submitted: "attention",
  payment_rejected: "attention",
  payment_confirmed: "going",
  preparing: "going",
  shipped: "going",
  ready_for_pickup: "going",
  delivered: "done",
  cancelled: "off",
  expired: "off",
};

/** A state in words, with a mark whose shape tells how far the order is. */
export function StatusBadge({ status }: { readonly status: OrderStatus }) {
  const { t } = useTranslation();
  return (
    <span className={styles["badge"]} data-tone={TONES[status]}>
      {t(`orders.status.${status}`)}
    </span>
  );
}
