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

export type OrderTransition = {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  readonly actors: readonly OrderActor[];
  /** What the actor has to bring along; without it the transition is not theirs to make. */
  readonly needs?: "proof";
};

const submitProof = { to: "payment_submitted", actors: ["CLIENT"], needs: "proof" } as const;
const confirm = { to: "payment_confirmed", actors: ["SELLER", "ADMIN"] } as const;
const cancelUnpaid = { to: "cancelled", actors: ["CLIENT", "SELLER", "ADMIN"] } as const;
const cancelPaid = { to: "cancelled", actors: ["SELLER", "ADMIN"] } as const;
const expire = { to: "expired", actors: ["SYSTEM"] } as const;
const deliver = { to: "delivered", actors: ["CLIENT", "SELLER", "SYSTEM"] } as const;

/** The order state machine. Whatever is not listed here is refused. */
export const ORDER_TRANSITIONS: readonly OrderTransition[] = [
  { from: "pending_payment", ...submitProof },
  { from: "pending_payment", ...confirm },
  { from: "pending_payment", ...cancelUnpaid },
  { from: "pending_payment", ...expire },
  { from: "payment_submitted", ...confirm },
  { from: "payment_submitted", to: "payment_rejected", actors: ["SELLER", "ADMIN"] },
  { from: "payment_rejected", ...submitProof },
  { from: "payment_rejected", ...cancelUnpaid },
  { from: "payment_rejected", ...expire },
  { from: "payment_confirmed", to: "preparing", actors: ["SELLER"] },
  { from: "payment_confirmed", ...cancelPaid },
  { from: "preparing", to: "shipped", actors: ["SELLER"] },
  { from: "preparing", to: "ready_for_pickup", actors: ["SELLER"] },
  { from: "preparing", ...cancelPaid },
  { from: "shipped", ...deliver },
  { from: "ready_for_pickup", ...deliver },
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
