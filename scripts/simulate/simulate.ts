import { ApiError } from "./ApiError.ts";
import type { Account } from "./createAccount.ts";
import { listOpenOrders, listProducts, nextStep, type Order, placeOrder, restock, takeStep } from "./marketplace.ts";

export type SimulateDeps = {
  readonly clients: readonly Account[];
  /** By seller id. */
  readonly sellers: ReadonlyMap<string, Account>;
  readonly say: (line: string) => void;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds of any clock that does not go back. */
  readonly now: () => number;
  readonly stopped: () => boolean;
};

/** Of 100 steps, how many place an order; the others move one on. */
const PLACING_SHARE = 0.4;
/** Orders that the simulation keeps in mind; older ones are left to people. */
const MAX_OPEN = 500;
const RESTOCK_TO = 200;

/**
 * Plays clients and sellers over HTTP: `rate` steps a second for `minutes`. Refusals (out of stock, somebody was
 * faster) are told and passed over. @returns how many steps were taken.
 */
export async function simulate(deps: SimulateDeps, rate: number, minutes: number): Promise<number> {
  const open: Order[] = [];
  for (const seller of deps.sellers.values()) open.push(...(await listOpenOrders(seller)));
  const end = deps.now() + minutes * 60_000;
  let steps = 0;
  for (let next = deps.now(); next < end && !deps.stopped(); next += 1_000 / rate) {
    await deps.sleep(Math.max(0, next - deps.now()));
    try {
      if (open.length === 0 || deps.random() < PLACING_SHARE) await place(deps, open);
      else await moveOn(deps, open);
      steps += 1;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      deps.say(`refused: ${error.message}`);
    }
  }
  return steps;
}

async function place(deps: SimulateDeps, open: Order[]): Promise<void> {
  const client = pick(deps, deps.clients);
  const products = await listProducts(client);
  const product = pick(deps, products);
  const quantity = 1 + Math.floor(deps.random() * 6);
  const seller = deps.sellers.get(product.seller_id);
  if (product.stock < quantity && seller !== undefined) {
    await restock(seller, product, RESTOCK_TO);
    deps.say(`${seller.email} lands more: ${product.name}, ${RESTOCK_TO} × ${product.unit}`);
  }
  for (const order of await placeOrder(client, [{ product_id: product.id, quantity }])) {
    deps.say(`${client.email} places order ${order.id}: ${quantity} × ${product.name}, ${dollars(order)}`);
    open.push(order);
  }
  open.splice(0, open.length - MAX_OPEN);
}

async function moveOn(deps: SimulateDeps, open: Order[]): Promise<void> {
  const index = Math.floor(deps.random() * open.length);
  const [order] = open.splice(index, 1);
  const seller = order === undefined ? undefined : deps.sellers.get(order.seller_id);
  const step = order === undefined ? undefined : nextStep(order.status, deps.random() < 0.6);
  if (order === undefined || seller === undefined || step === undefined) return;
  await takeStep(seller, order, step);
  deps.say(`${seller.email} moves order ${order.id} to ${step.to}`);
  open.push({ ...order, status: step.to });
}

function pick<Item>(deps: SimulateDeps, items: readonly Item[]): Item {
  const item = items[Math.floor(deps.random() * items.length)];
  if (item === undefined) throw new RangeError("the marketplace has no products: start it with its demo data");
  return item;
}

function dollars(order: Order): string {
  return `$${(order.totals.total / 100).toFixed(2)}`;
}
