import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useServices } from "../../hooks/useServices.ts";
import { ApiError } from "../../lib/ApiError.ts";
import type { Order } from "../../lib/resources.ts";
import { useNotice } from "../notices.ts";
import type { OrderAction } from "./orderActions.ts";
import { runOrderAction } from "./runOrderAction.ts";

/** After these the order on screen is not the one on the server. */
const OUTDATED: ReadonlySet<string> = new Set(["VERSION_CONFLICT", "ILLEGAL_TRANSITION", "NOT_FOUND"]);

type UseOrderAction = {
  readonly pending: OrderAction | null;
  readonly error: unknown;
  /** Resolves to whether the step was taken; never rejects. */
  readonly run: (action: OrderAction, reason?: string) => Promise<boolean>;
  readonly clearError: () => void;
};

/** Takes steps with one order, one at a time, and tells the outcome. `onChanged` reads the order again. */
export function useOrderAction(order: Order, onChanged: () => void): UseOrderAction {
  const { api } = useServices();
  const { t } = useTranslation();
  const notify = useNotice();
  const [pending, setPending] = useState<OrderAction | null>(null);
  const [error, setError] = useState<unknown>(undefined);

  async function run(action: OrderAction, reason?: string): Promise<boolean> {
    if (pending !== null) return false;
    setPending(action);
    setError(undefined);
    try {
      await runOrderAction(api, order, action, reason);
      notify(t(`orders.done.${action}`, { id: order.id }));
      onChanged();
      return true;
    } catch (cause) {
      setError(cause);
      if (cause instanceof ApiError && OUTDATED.has(cause.code)) onChanged();
      return false;
    } finally {
      setPending(null);
    }
  }

  return { pending, error, run, clearError: () => setError(undefined) };
}
