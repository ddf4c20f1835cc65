import { Cents } from "@espigon/event_contracts";
import { z } from "zod";

export const ProductUnit = z.enum(["libra", "kilo", "unidad"]);

/** Something that a seller offers. `price` is in cents for one unit, IVA excluded; `stock` counts whole units. */
export const Product = z.object({
  id: z.string(),
  seller_id: z.string(),
  seller_name: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  unit: ProductUnit,
  price: Cents,
  stock: z.int().nonnegative(),
  iva_bp: z.int(),
  low_stock_threshold: z.int().nonnegative(),
  photo_url: z.string().nullable(),
});
export type Product = z.infer<typeof Product>;

/** What a seller says about a product; the server adds the id and the owner. */
export type ProductDetails = Omit<Product, "id" | "seller_id" | "seller_name">;
