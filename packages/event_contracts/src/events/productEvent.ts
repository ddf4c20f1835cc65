import { z } from "zod";
import { Cents } from "../money.ts";
import { eventHead, Id } from "./eventHead.ts";
import { StockCrossing } from "./orderEvent.ts";

export const PRODUCT_EVENT_TYPES = ["PRODUCT_CREATED", "PRODUCT_UPDATED", "PRODUCT_DELETED"] as const;

export const ProductEvent = z.object({
  ...eventHead,
  type: z.enum(PRODUCT_EVENT_TYPES),
  seller_id: Id,
  payload: z.object({
    product_id: Id,
    name: z.string(),
    price: Cents,
    stock: z.int(),
    low_stock: z.array(StockCrossing).optional(),
  }),
});
export type ProductEvent = z.infer<typeof ProductEvent>;
