import { ORDER_TRANSITIONS, type OrderStatus, type Role } from "@espigon/event_contracts";

/** What a person can do to an order with one button. */
export type OrderAction = "approve" | "reject" | "prepare" | "ship" | "ready" | "deliver" | "receive" | "cancel";

/** Actions whose other side deserves a reason: it is asked for here, though the server takes them without. */
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
  return ORDER_TRANSITIONS.filter(({ from, needs, actors }) => {
    return from === status && needs === undefined && actors.includes(role);
  })
    .map(({ to }) => (to === "delivered" && role === "CLIENT" ? "receive" : ACTIONS[to]))
    .filter((action) => action !== undefined);
}

/** The button that takes an order into a state; for states that a person takes it to. */
const ACTIONS: Partial<Record<OrderStatus, OrderAction>> = {
  payment_confirmed: "approve",
  payment_rejected: "reject",
  preparing: "prepare",
  shipped: "ship",
  ready_for_pickup: "ready",
  delivered: "deliver",
  cancelled: "cancel",
};
