import { IVA_RATES } from "@espigon/event_contracts";
import { z } from "@hono/zod-openapi";
import { Product, ProductUnit } from "../../domain/Product.ts";
import { IdText, PageLimit, plainText } from "./fields.ts";

const fields = z.object({
  name: plainText(120),
  description: z.literal("").or(plainText(2000)),
  category: plainText(60),
  unit: ProductUnit,
  /** Cents for one unit, IVA excluded. */
  price: z.int().min(1).max(10_000_000),
  stock: z.int().min(0).max(1_000_000),
  iva_bp: z.literal([...IVA_RATES]),
  low_stock_threshold: z.int().min(0).max(1_000_000),
  photo_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine((url) => url.isWellFormed() && !url.includes("\0"))
    .nullable(),
});

export const CreateProductBody = fields
  .extend({
    description: fields.shape.description.default(""),
    iva_bp: fields.shape.iva_bp.default(0),
    low_stock_threshold: fields.shape.low_stock_threshold.default(5),
    photo_url: fields.shape.photo_url.default(null),
  })
  .meta({ id: "NewProduct" });

export const UpdateProductBody = fields
  .partial()
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), "names nothing to change")
  .meta({ id: "ProductChanges" });

export const ProductAnswer = Product.meta({ id: "Product" });

export const ProductPage = z
  .object({ products: z.array(ProductAnswer), next_cursor: z.string().nullable() })
  .meta({ id: "ProductPage" });

export const ProductListQuery = z.object({
  search: plainText(120).optional(),
  category: plainText(60).optional(),
  seller_id: IdText.optional(),
  cursor: IdText.optional(),
  limit: PageLimit,
});

export const ProductParams = z.object({ id: IdText });
