import { z } from "zod";
import { eventHead, Id } from "./eventHead.ts";

export const ClientRegistered = z.object({
  ...eventHead,
  type: z.literal("CLIENT_REGISTERED"),
  client_id: Id,
  payload: z.object({ user_id: Id }),
});
export type ClientRegistered = z.infer<typeof ClientRegistered>;

/** Told to nobody: it keeps the log complete. */
export const SellerRegistered = z.object({
  ...eventHead,
  metadata: z.looseObject({}),
  type: z.literal("SELLER_REGISTERED"),
  seller_id: Id,
  payload: z.object({ user_id: Id, name: z.string() }),
});
export type SellerRegistered = z.infer<typeof SellerRegistered>;
