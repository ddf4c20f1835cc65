import type { Principal } from "@espigon/event_contracts";
import { moveOrder, type MoveOrderDeps, type MoveOrderResult } from "./moveOrder.ts";

export type MarkOrderAsDelivered = (
  principal: Principal,
  id: number,
  command: { readonly expected_version?: number | undefined },
) => Promise<MoveOrderResult>;

/** The order reached its client: said by the seller, or confirmed by the client. */
export function createMarkOrderAsDelivered(deps: MoveOrderDeps): MarkOrderAsDelivered {
  return (principal, id, { expected_version }) =>
    moveOrder(deps, principal, id, {
      operation: "deliver",
      to: "delivered",
      ...(expected_version === undefined ? {} : { expected_version }),
    });
}
