import { createHash } from "node:crypto";
import type { Principal } from "@espigon/event_contracts";
import { mergeLines, type WantedLine } from "../domain/mergeLines.ts";
import type { OrderStore, PlacementResult } from "./OrderStore.ts";

type CreateOrderCommand = {
  readonly idempotency_key: string;
  readonly items: readonly WantedLine[];
  readonly note?: string | undefined;
};

export type CreateOrder = (
  principal: Principal,
  command: CreateOrderCommand,
) => Promise<PlacementResult | { readonly kind: "too_many" }>;

/**
 * A checkout: one order per seller, all in one transaction, at the server's prices, the stock reserved with it.
 * A refused checkout changes nothing and is not remembered: its key may be tried again.
 */
export function createCreateOrder(deps: { orders: OrderStore; committed: () => void }): CreateOrder {
  return async (principal, { idempotency_key, items, note }) => {
    const lines = mergeLines(items);
    if (lines === undefined) return { kind: "too_many" };
    const request_hash = createHash("sha256")
      .update(JSON.stringify([lines, note ?? null]))
      .digest();
    const result = await deps.orders.place({
      client_id: principal.user_id,
      idempotency_key,
      request_hash,
      lines,
      note,
    });
    if (result.kind === "placed") deps.committed();
    return result;
  };
}
