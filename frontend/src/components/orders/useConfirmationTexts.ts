import type { Role } from "@espigon/event_contracts";
import { useTranslation } from "react-i18next";
import type { OrderAction } from "./orderActions.ts";

/** The question of a confirmation, and what will follow from a yes. */
export function useConfirmationTexts(
  action: OrderAction,
  role: Role,
): { readonly title: string; readonly text: string } {
  const { t } = useTranslation();
  if (action === "approve") return { title: t("orders.confirm.approveTitle"), text: t("orders.confirm.approveText") };
  if (action === "reject") return { title: t("orders.confirm.rejectTitle"), text: t("orders.confirm.rejectText") };
  return {
    title: t("orders.confirm.cancelTitle"),
    text: t(role === "CLIENT" ? "orders.confirm.cancelTextClient" : "orders.confirm.cancelText"),
  };
}
