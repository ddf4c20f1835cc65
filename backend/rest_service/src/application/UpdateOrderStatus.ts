import type { OrderStatus, Principal } from "@espigon/event_contracts";
import { moveOrder, type MoveOrderDeps, type MoveOrderResult } from "./moveOrder.ts";

type UpdateOrderStatusCommand = {
  readonly status: OrderStatus;
  readonly expected_version?: number | undefined;
  readonly reason?: string | undefined;
};

export type UpdateOrderStatus = (
  principal: Principal,
  id: number,
  command: UpdateOrderStatusCommand,
) => Promise<MoveOrderResult>;

/** Any step that the state table gives the principal and that needs nothing but the wish. */
export function createUpdateOrderStatus(deps: MoveOrderDeps): UpdateOrderStatus {
  return (principal, id, { status, expected_version, reason }) =>
    moveOrder(deps, principal, id, {
      to: status,
      ...(expected_version === undefined ? {} : { expected_version }),
      ...(reason === undefined ? {} : { reason }),
    });
}
