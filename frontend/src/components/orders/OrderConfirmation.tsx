import type { Role } from "@espigon/event_contracts";
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Order } from "../../lib/resources.ts";
import { Dialog } from "../Dialog.tsx";
import { ErrorNotice } from "../ErrorNotice.tsx";
import styles from "./OrderActions.module.css";
import { needsReason, type OrderAction } from "./orderActions.ts";
import { useConfirmationTexts } from "./useConfirmationTexts.ts";
import { useParties } from "./useParties.ts";

type OrderConfirmationProps = {
  readonly order: Order;
  readonly viewer: Role;
  readonly action: OrderAction;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onConfirm: (reason?: string) => Promise<void>;
};

/** Repeats what is about to be decided (order, client, amount) before it is; asks for the reason where one is due. */
export function OrderConfirmation(props: OrderConfirmationProps) {
  const { order, viewer, action, pending, error, onClose, onConfirm } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { client } = useParties();
  const texts = useConfirmationTexts(action, viewer);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const asksReason = needsReason(action);

  function confirm() {
    const given = reason.trim();
    setMissing(asksReason && given === "");
    if (!asksReason) void onConfirm();
    else if (given !== "") void onConfirm(given);
  }

  return (
    <Dialog title={texts.title} onClose={onClose}>
      <p>{texts.text}</p>
      <dl className={styles["facts"]}>
        <dt>{t("orders.order")}</dt>
        <dd>{order.id}</dd>
        <dt>{t("orders.client")}</dt>
        <dd>{client(order)}</dd>
        <dt>{t("orders.confirm.amount")}</dt>
        <dd className={styles["amount"]}>{format.money(order.totals.total)}</dd>
      </dl>
      {asksReason && (
        <Textarea
          label={t("orders.confirm.reason")}
          description={t("orders.confirm.reasonHint")}
          value={reason}
          maxLength={500}
          error={missing && t("orders.confirm.reasonMissing")}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
      {error !== undefined && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
      <div className="row">
        <Button onClick={confirm} loading={pending} {...(asksReason ? { color: "bad" } : {})}>
          {t(`orders.action.${action}`)}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("orders.confirm.keep")}
        </Button>
      </div>
    </Dialog>
  );
}
