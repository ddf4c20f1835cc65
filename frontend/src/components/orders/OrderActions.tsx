import type { Role } from "@espigon/event_contracts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Order } from "../../lib/resources.ts";
import { ErrorNotice } from "../ErrorNotice.tsx";
import { actionsFor, needsConfirmation, type OrderAction } from "./orderActions.ts";
import { OrderConfirmation } from "./OrderConfirmation.tsx";
import styles from "./OrderActions.module.css";
import { useOrderAction } from "./useOrderAction.ts";

type OrderActionsProps = {
  readonly order: Order;
  readonly viewer: Role;
  readonly onChanged: () => void;
};

/** The buttons of one order: the next step first, what cannot be undone last and asked for twice. */
export function OrderActions({ order, viewer, onChanged }: OrderActionsProps) {
  const { t } = useTranslation();
  const { pending, error, run, clearError } = useOrderAction(order, onChanged);
  const [asked, setAsked] = useState<OrderAction | null>(null);
  const actions = actionsFor(order.status, viewer);
  return (
    <>
      {actions.length > 0 && (
        <div className={styles["actions"]}>
          {actions.map((action) => (
            <Button
              key={action}
              size="sm"
              variant={buttonVariant(action)}
              loading={pending === action}
              aria-label={`${t(`orders.action.${action}`)}: ${t("orders.number", { id: order.id })}`}
              onClick={() => (needsConfirmation(action) ? setAsked(action) : void run(action))}
            >
              {t(`orders.action.${action}`)}
            </Button>
          ))}
        </div>
      )}
      {error !== undefined && asked === null && <ErrorNotice error={error} title={t("errors.actionTitle")} />}
      {asked !== null && (
        <OrderConfirmation
          order={order}
          viewer={viewer}
          action={asked}
          pending={pending !== null}
          error={error}
          onClose={() => {
            setAsked(null);
            clearError();
          }}
          onConfirm={async (reason) => {
            if (await run(asked, reason)) setAsked(null);
          }}
        />
      )}
    </>
  );
}

/** Ink for the decision that the money waits for; what takes something away looks like a link. */
function buttonVariant(action: OrderAction): "filled" | "default" | "subtle" {
  if (action === "approve") return "filled";
  return action === "cancel" || action === "reject" ? "subtle" : "default";
}
