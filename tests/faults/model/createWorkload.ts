import type { OrderStatus } from "@espigon/event_contracts";
import { z } from "zod";
import type { Random } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import { insist } from "./insist.ts";
import { isDone, nextStatus } from "./nextStatus.ts";
import { type Person, SCARCE_STOCK, type Shop, type World } from "./World.ts";

/** What the marketplace has promised to those who called it. The only part of a run that grows with it. */
export type Promises = {
  /** Checkouts that were answered 201, by idempotency key (which is also the orders' note). */
  readonly placed: Map<string, readonly number[]>;
  /** Checkouts that were refused in the end. */
  readonly refused: Set<string>;
  /** Checkouts whose end nobody knows. */
  readonly open: Set<string>;
  /** Steps that were answered 200, or refused after an attempt whose end was unknown: then it must have been done. */
  readonly steps: { readonly orderId: number; readonly to: OrderStatus }[];
  /** Answers that no rule allows. */
  readonly broken: string[];
  /** Attempts whose end was unknown, and that were made again. */
  retries: number;
};

/** Nobody has promised anything yet. */
export function noPromises(): Promises {
  return { placed: new Map(), refused: new Set(), open: new Set(), steps: [], broken: [], retries: 0 };
}

export type Workload = {
  /** Acts so often a second until `pause`. */
  run(rate: number): void;
  /** Starts nothing new; resolves when every call has come to its end. */
  pause(): Promise<void>;
  /** One order from every shop at once. Resolves when it is acknowledged. */
  placeEverywhere(): Promise<void>;
};

type Open = { readonly id: number; readonly shop: Shop; readonly client: Person; status: OrderStatus };

const Placed = z.object({ orders: z.array(z.object({ id: z.int(), seller_id: z.string() })) });

const MOST_IN_FLIGHT = 24;
const MOST_OPEN = 400;

/** Clients who order and sellers who move orders on, all of whom insist until they know. */
export function createWorkload(deps: {
  readonly cluster: Cluster;
  readonly world: World;
  readonly random: Random;
  readonly promises: Promises;
  readonly name: string;
}): Workload {
  const { cluster, world, random, promises } = deps;
  const orders: Open[] = [];
  const underWay = new Set<Promise<void>>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let checkouts = 0;

  const insistAs = (by: Person, call: Parameters<typeof insist>[2]) =>
    insist(cluster, by, call, () => (promises.retries += 1));

  async function place(shops: readonly Shop[], scarce: boolean): Promise<void> {
    const client = random.pick(world.clients);
    checkouts += 1;
    const key = `${deps.name}-${checkouts}`;
    promises.open.add(key);
    const quantity = 1 + random.next(4);
    const items = shops.map((shop) => ({ product_id: scarce ? shop.scarce : shop.plenty, quantity }));
    const { outcome } = await insistAs(client, {
      method: "POST",
      path: "/api/orders",
      headers: { "idempotency-key": key },
      body: { items, note: key },
    });
    if (outcome.kind === "unknown") return;
    promises.open.delete(key);
    if (outcome.kind === "refused") {
      promises.refused.add(key);
      if (outcome.code !== "OUT_OF_STOCK") promises.broken.push(`checkout ${key}: ${outcome.code}`);
      else await Promise.all(shops.map(restock));
      return;
    }
    const placed = Placed.parse(outcome.body).orders;
    promises.placed.set(
      key,
      placed.map(({ id }) => id),
    );
    for (const { id, seller_id } of placed) {
      const shop = shops.find(({ sellerId }) => sellerId === seller_id);
      if (shop === undefined) promises.broken.push(`order ${id} is of a shop that nobody ordered from`);
      else orders.push({ id, shop, client, status: "pending_payment" });
    }
    orders.splice(0, Math.max(0, orders.length - MOST_OPEN));
  }

  async function restock(shop: Shop): Promise<void> {
    const { outcome } = await insistAs(shop, {
      method: "PATCH",
      path: `/api/products/${shop.scarce}`,
      body: { stock: SCARCE_STOCK },
    });
    if (outcome.kind === "refused") promises.broken.push(`restock: ${outcome.code}`);
  }

  async function moveOn(): Promise<void> {
    const [order] = orders.splice(random.next(orders.length), 1);
    if (order === undefined) return;
    const step = nextStep(order, random);
    const { outcome, doubtful } = await insistAs(step.by, step.call);
    if (outcome.kind === "refused" && !(doubtful && outcome.status === 409)) {
      promises.broken.push(`order ${order.id} from ${order.status} to ${step.to}: ${outcome.code}`);
    } else if (outcome.kind !== "unknown") {
      promises.steps.push({ orderId: order.id, to: step.to });
      order.status = step.to;
      if (!isDone(step.to)) orders.push(order);
    }
  }

  const act = (): Promise<void> => {
    const turn = random.next(100);
    if (turn < 45 || orders.length === 0) {
      const several = random.next(4) === 0;
      return place(several ? world.shops : [random.pick(world.shops)], random.next(10) === 0);
    }
    return moveOn();
  };
  const start = (action: () => Promise<void>): Promise<void> => {
    const going = action()
      .catch((error: unknown) => void promises.broken.push(String(error)))
      .finally(() => underWay.delete(going));
    underWay.add(going);
    return going;
  };

  return {
    run(rate) {
      clearInterval(timer);
      timer = setInterval(() => {
        if (underWay.size < MOST_IN_FLIGHT) void start(act);
      }, 1_000 / rate);
    },
    async pause() {
      clearInterval(timer);
      while (underWay.size > 0) await Promise.all(underWay);
    },
    placeEverywhere: () => start(() => place(world.shops, false)),
  };
}

function nextStep(order: Open, random: Random) {
  const to = nextStatus(order.status, random);
  const post = (path: string, body: object) => ({
    by: order.shop,
    to,
    call: { method: "POST" as const, path: `/api/orders/${order.id}/${path}`, body },
  });
  if (to === "delivered") return post("deliver", {});
  if (to === "payment_confirmed") return post("verify-payment", { approved: true });
  const unpaid = order.status === "pending_payment";
  const by: Person = to === "cancelled" && unpaid ? random.pick([order.client, order.shop]) : order.shop;
  return {
    by,
    to,
    call: { method: "PATCH" as const, path: `/api/orders/${order.id}/status`, body: { status: to } },
  };
}
