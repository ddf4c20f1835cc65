import { z } from "zod";
import type { Role } from "./role.ts";

export const OrderStatus = z.enum([
  "pending_payment",
  "payment_submitted",
  "payment_rejected",
  "payment_confirmed",
  "preparing",
  "shipped",
  "ready_for_pickup",
  "delivered",
  "cancelled",
  "expired",
]);
export type OrderStatus = z.infer<typeof OrderStatus>;

/** Who may move an order: a role, always as a party to that order (ADMIN: to any), or the clock. */
export type OrderActor = Role | "SYSTEM";

/** The operation that makes a transition. A generic status change may not stand in for one that has its own rules. */
export type OrderOperation = "update_status" | "submit_proof" | "verify_payment" | "deliver" | "expire";

export type OrderTransition = {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  readonly by: OrderOperation;
  readonly actors: readonly OrderActor[];
};

const cancelUnpaid = { to: "cancelled", by: "update_status", actors: ["CLIENT", "SELLER", "ADMIN"] } as const;
const cancelPaid = { to: "cancelled", by: "update_status", actors: ["SELLER", "ADMIN"] } as const;
const submitProof = { to: "payment_submitted", by: "submit_proof", actors: ["CLIENT"] } as const;
const verify = { to: "payment_confirmed", by: "verify_payment", actors: ["SELLER", "ADMIN"] } as const;
const expire = { to: "expired", by: "expire", actors: ["SYSTEM"] } as const;

/** The order state machine. Whatever is not listed here is refused. */
export const ORDER_TRANSITIONS: readonly OrderTransition[] = [
  { from: "pending_payment", ...submitProof },
  { from: "pending_payment", ...verify },
  { from: "pending_payment", ...cancelUnpaid },
  { from: "pending_payment", ...expire },
  { from: "payment_submitted", ...verify },
  { from: "payment_submitted", to: "payment_rejected", by: "verify_payment", actors: ["SELLER", "ADMIN"] },
  { from: "payment_rejected", ...submitProof },
  { from: "payment_rejected", ...cancelUnpaid },
  { from: "payment_rejected", ...expire },
  { from: "payment_confirmed", to: "preparing", by: "update_status", actors: ["SELLER"] },
  { from: "payment_confirmed", ...cancelPaid },
  { from: "preparing", to: "shipped", by: "update_status", actors: ["SELLER"] },
  { from: "preparing", to: "ready_for_pickup", by: "update_status", actors: ["SELLER"] },
  { from: "preparing", ...cancelPaid },
  { from: "shipped", to: "delivered", by: "deliver", actors: ["CLIENT", "SELLER", "SYSTEM"] },
  { from: "ready_for_pickup", to: "delivered", by: "deliver", actors: ["CLIENT", "SELLER", "SYSTEM"] },
];

export function findTransition(from: OrderStatus, to: OrderStatus): OrderTransition | undefined {
  return ORDER_TRANSITIONS.find((transition) => transition.from === from && transition.to === to);
}

const COUNTED: ReadonlySet<OrderStatus> = new Set([
  "payment_confirmed",
  "preparing",
  "shipped",
  "ready_for_pickup",
  "delivered",
]);

/** Whether an order in this state counts in net sales: from the confirmed payment on, until a cancellation. */
export function isCounted(status: OrderStatus | null): boolean {
  return status !== null && COUNTED.has(status);
}

const RELEASES_STOCK: ReadonlySet<OrderStatus> = new Set(["cancelled", "expired"]);

/** Whether entering this state gives the reserved stock back. */
export function releasesStock(status: OrderStatus): boolean {
  return RELEASES_STOCK.has(status);
}
