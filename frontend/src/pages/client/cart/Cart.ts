import { lineTotal, totalsOf } from "@espigon/event_contracts";
import { z } from "zod";
import { Product } from "../../../lib/resources.ts";

/** A product as it was when it was put in the cart: what the order costs is the server's to say. */
export const CartLine = z.object({
  product: Product.pick({
    id: true,
    seller_id: true,
    seller_name: true,
    name: true,
    unit: true,
    price: true,
    iva_bp: true,
    stock: true,
  }),
  quantity: z.int().positive().max(9_999),
});
export type CartLine = z.infer<typeof CartLine>;

/** What a client means to buy, before it is an order. `key` makes placing it safe to repeat, and changes with it. */
export const Cart = z.object({ key: z.string().min(8).max(64), lines: z.array(CartLine).max(100) });
export type Cart = z.infer<typeof Cart>;

/** Sets the quantity of a product; 0 takes it out. Never more than the stock that was last seen. */
export function withQuantity(lines: readonly CartLine[], product: CartLine["product"], quantity: number): CartLine[] {
  const wanted = Math.min(quantity, product.stock);
  const others = lines.filter((line) => line.product.id !== product.id);
  if (wanted < 1) return others;
  const line = { product, quantity: wanted };
  const index = lines.findIndex((old) => old.product.id === product.id);
  return index < 0 ? [...lines, line] : lines.map((old, at) => (at === index ? line : old));
}

export function quantityOf(lines: readonly CartLine[], productId: string): number {
  return lines.find(({ product }) => product.id === productId)?.quantity ?? 0;
}

/** What the cart would cost now, in cents, by the rules of an order. */
export function cartTotals(lines: readonly CartLine[]): ReturnType<typeof totalsOf> {
  return totalsOf(lines.map(orderLine));
}

export function cartLineTotal(line: CartLine): number {
  return lineTotal(orderLine(line));
}

/** One checkout makes one order for each of these. */
export function sellersIn(lines: readonly CartLine[]): number {
  return new Set(lines.map(({ product }) => product.seller_id)).size;
}

function orderLine({ product, quantity }: CartLine) {
  return { unit_price: product.price, quantity, iva_bp: product.iva_bp };
}
