import type { Principal } from "@espigon/event_contracts";
import { decideOrderStep, type OrderCommand, type OrderStepRefusal } from "../domain/decideOrderStep.ts";
import type { Order } from "../domain/Order.ts";
import { orderScope } from "../domain/orderScope.ts";
import type { OrderStore } from "./OrderStore.ts";

/** How often a step is decided afresh because others moved the order in between: more than an order's life is long. */
const MAX_ATTEMPTS = 20;

export type MoveOrderDeps = { readonly orders: OrderStore; readonly committed: () => void };

export type MoveOrderResult =
  | { readonly kind: "moved"; readonly order: Order }
  /** No such order among those of the principal. */
  | { readonly kind: "not_found" }
  /** Refused; `order` is the state on which that was decided. */
  | (OrderStepRefusal & { readonly order: Order });

/**
 * Reads an order, decides, and writes under the condition that its version is still the one read: of any number of
 * simultaneous attempts at a step one is made, and each other is decided on the state that it left.
 */
export async function moveOrder(
  deps: MoveOrderDeps,
  principal: Principal,
  id: number,
  wish: Omit<OrderCommand, "actor">,
): Promise<MoveOrderResult> {
  const actor = { user_id: principal.user_id, role: principal.role };
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const order = await deps.orders.find(id, orderScope(principal));
    if (order === undefined) return { kind: "not_found" };
    const decision = decideOrderStep(order, { ...wish, actor });
    if (decision.kind !== "step") return { ...decision, order };
    const moved = await deps.orders.step(order, decision, actor);
    if (moved !== undefined) {
      deps.committed();
      return { kind: "moved", order: moved };
    }
  }
  throw new Error(`order ${id} was moved by others ${MAX_ATTEMPTS} times in a row`);
}
