import { ProblemError } from "@espigon/service_kit";
import type { CreateOrder } from "../application/CreateOrder.ts";
import { MAX_QUANTITY } from "../domain/mergeLines.ts";
import { MAX_ORDER_TOTAL } from "../domain/Order.ts";
import { refusals } from "./refusals.ts";

type Refusal = Exclude<Awaited<ReturnType<CreateOrder>>, { kind: "placed" | "replayed" }>;

/** Why a checkout was refused; nothing of it has happened. */
export function refusedPlacement(refusal: Refusal): ProblemError {
  switch (refusal.kind) {
    case "too_many":
      return refusals.invalid("items", `must not ask for more than ${MAX_QUANTITY} of one product`);
    case "too_large":
      return refusals.invalid("items", `must not come to more than ${MAX_ORDER_TOTAL} cents of one seller`);
    case "unknown_client":
      return refusals.unauthenticated("There is no such account");
    case "unknown_product":
      return refusals.notFound("There is no such product", { product_id: refusal.product_id });
    case "out_of_stock": {
      const { product_id, name, available } = refusal;
      return new ProblemError({
        status: 409,
        code: "OUT_OF_STOCK",
        title: `There is not enough of "${name}"`,
        product_id,
        name,
        available,
      });
    }
    case "in_progress":
      return new ProblemError({
        status: 409,
        code: "IN_PROGRESS",
        title: "The first request with this Idempotency-Key is still running",
        retry_after_s: 1,
      });
    case "key_reused":
      return new ProblemError({
        status: 422,
        code: "IDEMPOTENCY_KEY_REUSED",
        title: "This Idempotency-Key belongs to another request",
      });
  }
}
