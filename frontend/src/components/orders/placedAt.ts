import type { Order } from "../../lib/resources.ts";

/** When an order was placed: the first entry of its history, ISO 8601 UTC. */
export function placedAt(order: Order): string | undefined {
  return order.history[0]?.at;
}
