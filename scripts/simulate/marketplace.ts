import { z } from "zod";
import type { Account } from "./createAccount.ts";

const Product = z.object({
  id: z.string(),
  seller_id: z.string(),
  name: z.string(),
  unit: z.string(),
  stock: z.int(),
});
export type Product = z.infer<typeof Product>;

const Order = z.object({
  id: z.int(),
  seller_id: z.string(),
  status: z.string(),
  totals: z.object({ total: z.int() }),
});
export type Order = z.infer<typeof Order>;

const Products = z.object({ products: z.array(Product) });
const Orders = z.object({ orders: z.array(Order) });
const Anything = z.unknown();

export async function listProducts(client: Account): Promise<readonly Product[]> {
  return (await client.call(Products, "GET", "/api/products")).products;
}

/** Places an order; it becomes one per seller. */
export async function placeOrder(
  client: Account,
  items: readonly { product_id: string; quantity: number }[],
): Promise<readonly Order[]> {
  return (await client.call(Orders, "POST", "/api/orders", { items })).orders;
}

/** The seller's orders that wait for a step of the seller. */
export async function listOpenOrders(seller: Account): Promise<readonly Order[]> {
  const lists = WAITING_FOR_SELLER.map((status) => seller.call(Orders, "GET", `/api/orders?status=${status}`));
  return (await Promise.all(lists)).flatMap((list) => list.orders);
}

const WAITING_FOR_SELLER = ["payment_submitted", "payment_confirmed", "preparing", "shipped", "ready_for_pickup"];

/** What a seller does next with an order in this state; `undefined` when it is done. */
export function nextStep(
  status: string,
  ships: boolean,
): { path: string; method: string; body: unknown; to: string } | undefined {
  switch (status) {
    case "pending_payment":
    case "payment_submitted":
      return { method: "POST", path: "verify-payment", body: { approved: true }, to: "payment_confirmed" };
    case "payment_confirmed":
      return { method: "PATCH", path: "status", body: { status: "preparing" }, to: "preparing" };
    case "preparing": {
      const to = ships ? "shipped" : "ready_for_pickup";
      return { method: "PATCH", path: "status", body: { status: to }, to };
    }
    case "shipped":
    case "ready_for_pickup":
      return { method: "POST", path: "deliver", body: {}, to: "delivered" };
    default:
      return undefined;
  }
}

export async function takeStep(
  seller: Account,
  order: Order,
  step: { path: string; method: string; body: unknown },
): Promise<void> {
  await seller.call(Anything, step.method, `/api/orders/${order.id}/${step.path}`, step.body);
}

export async function restock(seller: Account, product: Product, stock: number): Promise<void> {
  await seller.call(Anything, "PATCH", `/api/products/${product.id}`, { stock });
}
