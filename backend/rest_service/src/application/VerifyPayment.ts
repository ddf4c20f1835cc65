import type { Principal } from "@espigon/event_contracts";
import { moveOrder, type MoveOrderDeps, type MoveOrderResult } from "./moveOrder.ts";

type VerifyPaymentCommand = {
  readonly approved: boolean;
  readonly expected_version?: number | undefined;
  readonly reason?: string | undefined;
};

export type VerifyPayment = (
  principal: Principal,
  id: number,
  command: VerifyPaymentCommand,
) => Promise<MoveOrderResult>;

/** The seller (or ADMIN) found the money, or did not. Cash needs no proof: it may be approved from `pending_payment`. */
export function createVerifyPayment(deps: MoveOrderDeps): VerifyPayment {
  return (principal, id, { approved, expected_version, reason }) =>
    moveOrder(deps, principal, id, {
      to: approved ? "payment_confirmed" : "payment_rejected",
      ...(expected_version === undefined ? {} : { expected_version }),
      ...(reason === undefined ? {} : { reason }),
    });
}
