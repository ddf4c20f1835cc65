import type { Principal } from "@espigon/event_contracts";
import { moveOrder, type MoveOrderDeps, type MoveOrderResult } from "./moveOrder.ts";

export type MarkOrderAsDelivered = (
  principal: Principal,
  id: number,
  command: { readonly expected_version?: number | undefined },
) => Promise<MoveOrderResult>;

/** The seller says that the order has reached its client. (The client says so by UpdateOrderStatus.) */
export function createMarkOrderAsDelivered(deps: MoveOrderDeps): MarkOrderAsDelivered {
  return (principal, id, { expected_version }) =>
    moveOrder(deps, principal, id, {
      to: "delivered",
      ...(expected_version === undefined ? {} : { expected_version }),
    });
}
