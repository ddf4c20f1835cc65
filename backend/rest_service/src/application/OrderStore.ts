import type { Actor, OrderStatus } from "@espigon/event_contracts";
import type { WantedLine } from "../domain/mergeLines.ts";
import type { OrderStepDecision } from "../domain/decideOrderStep.ts";
import type { Order } from "../domain/Order.ts";
import type { OrderScope } from "../domain/orderScope.ts";

type OrderPlacement = {
  readonly client_id: string;
  readonly idempotency_key: string;
  /** SHA-256 of the request, by which a repetition is told from another request under the same key. */
  readonly request_hash: Uint8Array;
  /** Distinct products. */
  readonly lines: readonly WantedLine[];
  readonly note: string | undefined;
};

/** Every kind but `placed` has changed nothing; `replayed` carries the first answer. */
export type PlacementResult =
  | { readonly kind: "placed" | "replayed"; readonly orders: readonly Order[] }
  /** `too_large`: an order of it comes to more than `MAX_ORDER_TOTAL`. */
  | { readonly kind: "in_progress" | "key_reused" | "unknown_client" | "too_large" }
  | { readonly kind: "unknown_product"; readonly product_id: string }
  | { readonly kind: "out_of_stock"; readonly product_id: string; readonly name: string; readonly available: number };

type OrderQuery = {
  readonly scope: OrderScope;
  readonly status: OrderStatus | undefined;
  /** Only orders with a lower id. */
  readonly before: number | undefined;
  readonly limit: number;
};

/** The orders. Each method is one transaction; events are in it. */
export type OrderStore = {
  /** One order per seller, all or none; a key is remembered for 24 h. */
  place(placement: OrderPlacement): Promise<PlacementResult>;
  find(id: number, scope: OrderScope): Promise<Order | undefined>;
  /** Newest first. */
  list(query: OrderQuery): Promise<readonly Order[]>;
  /**
   * Makes a decided step, gives stock back when the new state releases it, and answers the order after it;
   * `undefined`, with nothing written, when somebody else has moved the order since it was read.
   */
  step(order: Order, decision: OrderStepDecision, actor: Actor): Promise<Order | undefined>;
};
