import { ORDER_TRANSITIONS, type OrderStatus, type OrderTransition, type Role } from "@espigon/event_contracts";

/** What a person can do to an order with one button. */
export type OrderAction = "approve" | "reject" | "prepare" | "ship" | "ready" | "deliver" | "receive" | "cancel";

/** Actions whose other side deserves a reason; the server refuses them without one. */
const WITH_REASON: ReadonlySet<OrderAction> = new Set(["reject", "cancel"]);
/** Actions that move money or cannot be taken back: asked for twice. */
const CONFIRMED: ReadonlySet<OrderAction> = new Set(["approve", "reject", "cancel"]);

export function needsReason(action: OrderAction): boolean {
  return WITH_REASON.has(action);
}

export function needsConfirmation(action: OrderAction): boolean {
  return CONFIRMED.has(action);
}

/** The actions that the state table allows this role on an order in this state, the next step first. */
export function actionsFor(status: OrderStatus, role: Role): readonly OrderAction[] {
  return ORDER_TRANSITIONS.filter(({ from, actors }) => from === status && actors.includes(role))
    .map((transition) => actionOf(transition, role))
    .filter((action) => action !== null);
}

function actionOf({ by, to }: OrderTransition, role: Role): OrderAction | null {
  switch (by) {
    case "verify_payment":
      return to === "payment_confirmed" ? "approve" : "reject";
    case "deliver":
      return role === "CLIENT" ? "receive" : "deliver";
    case "update_status":
      return UPDATES[to] ?? null;
    case "submit_proof":
    case "expire":
      return null;
  }
}

const UPDATES: Partial<Record<OrderStatus, OrderAction>> = {
  preparing: "prepare",
  shipped: "ship",
  ready_for_pickup: "ready",
  cancelled: "cancel",
};
