import type { OrderStatus } from "@espigon/event_contracts";
import type { Random } from "./random.ts";

export type DemoStep = {
  readonly status: OrderStatus;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: "CLIENT" | "SELLER" | "SYSTEM";
  readonly reason: string | null;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The whole way of one order from its placing to its end, along the order state machine. */
export function planPath(random: Random, placedAt: number): readonly DemoStep[] {
  const steps: DemoStep[] = [{ status: "pending_payment", at: placedAt, by: "CLIENT", reason: null }];
  let at = placedAt;
  function go(
    status: OrderStatus,
    by: DemoStep["by"],
    minutes: readonly [number, number],
    reason: string | null = null,
  ) {
    at += random.between(...minutes) * MINUTE + random.between(0, MINUTE - 1);
    steps.push({ status, at, by, reason });
  }

  if (random.chance(0.07)) {
    if (random.chance(0.5)) go("expired", "SYSTEM", [(48 * HOUR) / MINUTE, (48 * HOUR) / MINUTE + 5]);
    else go("cancelled", "CLIENT", [20, 600], "Ya no lo necesito");
    return steps;
  }
  if (random.chance(0.12)) {
    // In cash, on the quay: the seller confirms without a proof.
    go("payment_confirmed", "SELLER", [40, 300]);
  } else {
    go("payment_submitted", "CLIENT", [4, 90]);
    if (random.chance(0.06)) {
      go("payment_rejected", "SELLER", [10, 150], "El comprobante no se lee");
      go("payment_submitted", "CLIENT", [15, 240]);
    }
    go("payment_confirmed", "SELLER", [3, 150]);
  }
  if (random.chance(0.03)) {
    go("cancelled", "SELLER", [30, 400], "No hubo pesca suficiente");
    return steps;
  }
  go("preparing", "SELLER", [8, 90]);
  go(random.chance(0.6) ? "shipped" : "ready_for_pickup", "SELLER", [25, 200]);
  go("delivered", random.chance(0.7) ? "SELLER" : "CLIENT", [30, 900]);
  return steps;
}
