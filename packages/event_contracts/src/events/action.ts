import { z } from "zod";

/** What happened, in the words that frames and Redis messages carry as `metadata.action`. */
export const Action = z.enum([
  "order_created",
  "status_updated",
  "payment_submitted",
  "payment_verified",
  "payment_rejected",
  "order_delivered",
  "order_cancelled",
  "order_expired",
  "product_created",
  "product_updated",
  "product_deleted",
  "client_registered",
]);
export type Action = z.infer<typeof Action>;
