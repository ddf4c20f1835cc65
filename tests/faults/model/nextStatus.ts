import type { OrderStatus } from "@espigon/event_contracts";
import type { Random } from "../../../backend/rest_service/src/testing/seededRandom.ts";

/** Where an order of the model goes next: to its delivery by one way, or now and then to its cancellation. */
export function nextStatus(status: OrderStatus, random: Random): OrderStatus {
  const cancels = random.next(8) === 0;
  if (status === "shipped") return "delivered";
  if (cancels) return "cancelled";
  if (status === "preparing") return "shipped";
  if (status === "payment_confirmed") return "preparing";
  return "payment_confirmed";
}

/** Whether the model does anything more with an order in this state. */
export function isDone(status: OrderStatus): boolean {
  return status === "delivered" || status === "cancelled";
}
