import { type LineAmounts, totalsOf } from "@espigon/event_contracts";
import { DEMO_PRODUCTS, DEMO_SELLERS, type DemoProduct, type DemoSeller } from "./catalogue.ts";
import { DEMO_DAYS, DEMO_PEOPLE } from "./people.ts";
import { type DemoStep, planPath } from "./planPath.ts";
import { createRandom, type Random } from "./random.ts";

export type DemoLine = LineAmounts & { readonly product_id: number; readonly name: string };

export type DemoOrder = {
  readonly seller: DemoSeller;
  readonly clientId: number;
  readonly lines: readonly DemoLine[];
  readonly totals: ReturnType<typeof totalsOf>;
  /** From the placing to the present state; all in the past. */
  readonly steps: readonly DemoStep[];
};

export type DemoPeriod = {
  /** The first instant of today's business day, in milliseconds since 1970. */
  readonly todayStart: number;
  readonly now: number;
};

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const SEED = 20_261_124;
/** Orders of an average day, at the start of the period and at its end. */
const ORDERS_A_DAY = [16, 30] as const;
/** Friday and Saturday are market days; index 0 is Sunday. */
const WEEKDAY = [0.8, 0.7, 0.8, 0.95, 1.1, 1.45, 1.3] as const;
/** Early, when the boats are in, and again before dinner: weight of each hour from 5 to 20. */
const HOURS = [4, 9, 12, 12, 10, 8, 6, 5, 4, 3, 4, 6, 8, 7, 4, 2].map((weight, index) => ({ hour: index + 5, weight }));
/** How many payments are left waiting for their verification. */
const WAITING = 9;

/**
 * The orders of the last 90 days up to `now`, oldest first: a weekly rhythm, growth, and every state. The same period
 * gives the same orders.
 */
export function planOrders(period: DemoPeriod): readonly DemoOrder[] {
  const random = createRandom(SEED);
  const orders: DemoOrder[] = [];
  for (let daysAgo = DEMO_DAYS - 1; daysAgo >= 0; daysAgo -= 1) {
    const dayStart = period.todayStart - daysAgo * DAY_MS;
    for (let count = ordersOn(random, dayStart, daysAgo); count > 0; count -= 1) {
      orders.push(planOrder(random, dayStart, daysAgo));
    }
  }
  const happened = orders
    .map((order) => ({ ...order, steps: order.steps.filter((step) => step.at <= period.now) }))
    .filter((order) => order.steps.length > 0)
    .sort((a, b) => placedAt(a) - placedAt(b));
  return leaveSomeWaiting(happened, period.now);
}

export function placedAt(order: DemoOrder): number {
  return order.steps[0]?.at ?? 0;
}

function ordersOn(random: Random, dayStart: number, daysAgo: number): number {
  const progress = 1 - daysAgo / DEMO_DAYS;
  const trend = ORDERS_A_DAY[0] + (ORDERS_A_DAY[1] - ORDERS_A_DAY[0]) * progress;
  // At noon in Guayaquil it is the same weekday in UTC.
  const weekday = new Date(dayStart + 12 * HOUR_MS).getUTCDay();
  return Math.round(trend * (WEEKDAY[weekday] ?? 1) * (0.82 + 0.36 * random.next()));
}

function planOrder(random: Random, dayStart: number, daysAgo: number): DemoOrder {
  const { hour } = random.pick(HOURS, (item) => item.weight);
  const at = dayStart + hour * HOUR_MS + random.between(0, HOUR_MS - 1);
  const registered = DEMO_PEOPLE.filter((person) => person.appetite > 0 && person.registeredDaysAgo > daysAgo);
  const first = DEMO_PEOPLE.filter((person) => person.appetite > 0 && person.registeredDaysAgo >= DEMO_DAYS - 1);
  const client = random.pick(registered.length > 0 ? registered : first, (person) => person.appetite);
  const seller = random.pick(DEMO_SELLERS, (item) => item.share);
  const lines = planLines(
    random,
    DEMO_PRODUCTS.filter((product) => product.sellerId === seller.id),
  );
  return { seller, clientId: client.id, lines, totals: totalsOf(lines), steps: planPath(random, at) };
}

function planLines(random: Random, products: readonly DemoProduct[]): readonly DemoLine[] {
  const lines: DemoLine[] = [];
  const wanted = random.pick([1, 2, 3, 4], (count) => 5 - count);
  while (lines.length < wanted) {
    const left = products.filter((product) => lines.every((line) => line.product_id !== product.id));
    const product = random.pick(left, (item) => item.demand);
    lines.push({
      product_id: product.id,
      name: product.name,
      quantity: random.between(...product.quantity),
      unit_price: product.price,
      iva_bp: product.ivaBp,
    });
  }
  return lines;
}

/** Takes the newest orders with a submitted payment back to that state: a seller's day starts with some to verify. */
function leaveSomeWaiting(orders: readonly DemoOrder[], now: number): readonly DemoOrder[] {
  const waiting = new Set(
    orders
      .filter((order) => order.steps[1]?.status === "payment_submitted" && order.steps[1].at > now - 2 * DAY_MS)
      .slice(-WAITING),
  );
  return orders.map((order) => (waiting.has(order) ? { ...order, steps: order.steps.slice(0, 2) } : order));
}
