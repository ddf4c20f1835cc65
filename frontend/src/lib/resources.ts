import { OrderStatus, Role, Totals } from "@espigon/event_contracts";
import { z } from "zod";

const Id = z.string();

/** Who is logged in, as login and refresh tell it. */
export const User = z.object({ id: Id, name: z.string(), role: Role, seller_id: Id.nullish() });
export type User = z.infer<typeof User>;

export const Unit = z.enum(["libra", "kilo", "unidad"]);
export type Unit = z.infer<typeof Unit>;

/** A product of the catalogue. `price` in cents, IVA excluded. */
export const Product = z.object({
  id: Id,
  seller_id: Id,
  /** Absent in carts of before it was told. */
  seller_name: z.string().optional(),
  name: z.string(),
  description: z.string().nullish(),
  category: z.string(),
  unit: Unit,
  price: z.int(),
  stock: z.int(),
  iva_bp: z.int(),
  low_stock_threshold: z.int(),
  photo_url: z.string().nullish(),
});
export type Product = z.infer<typeof Product>;

/** A line as it was when the order was placed. Amounts in cents. */
const OrderItem = z.object({
  product_id: Id,
  name: z.string(),
  quantity: z.int(),
  unit_price: z.int(),
  iva_bp: z.int(),
  line_total: z.int(),
});
export type OrderItem = z.infer<typeof OrderItem>;

const OrderHistoryEntry = z.object({
  status: OrderStatus,
  at: z.string(),
  by: z.unknown(),
  reason: z.string().nullish(),
});
export type OrderHistoryEntry = z.infer<typeof OrderHistoryEntry>;

export const Order = z.object({
  id: z.int(),
  status: OrderStatus,
  version: z.int(),
  seller_id: Id,
  seller_name: z.string().nullish(),
  client_id: Id,
  client_name: z.string().nullish(),
  note: z.string().nullish(),
  items: z.array(OrderItem),
  totals: Totals,
  history: z.array(OrderHistoryEntry),
  room: z.object({ name: z.string(), token: z.string() }),
});
export type Order = z.infer<typeof Order>;

export const OrderPage = z.object({ orders: z.array(Order), next_cursor: z.string().nullable() });
export type OrderPage = z.infer<typeof OrderPage>;

export const ProductPage = z.object({ products: z.array(Product), next_cursor: z.string().nullable() });
export type ProductPage = z.infer<typeof ProductPage>;

/** The answer to placing an order: one order per seller. */
export const PlacedOrders = z.object({ orders: z.array(Order) });
export type PlacedOrders = z.infer<typeof PlacedOrders>;

/** The answer to login, register and refresh. `expires_in` in seconds. */
export const LoginAnswer = z.object({ access_token: z.string(), expires_in: z.number().positive(), user: User });
export type LoginAnswer = z.infer<typeof LoginAnswer>;
