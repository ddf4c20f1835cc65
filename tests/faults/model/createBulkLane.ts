import { createHash } from "node:crypto";
import type { Actor } from "@espigon/event_contracts";
import type { OrderStore } from "../../../backend/rest_service/src/application/OrderStore.ts";
import { decideOrderStep } from "../../../backend/rest_service/src/domain/decideOrderStep.ts";
import type { Order } from "../../../backend/rest_service/src/domain/Order.ts";
import type { Random } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import type { Promises } from "./createWorkload.ts";
import { isDone, nextStatus } from "./nextStatus.ts";
import type { Person, World } from "./World.ts";

/** Orders placed and moved past HTTP, by the statements of rest_service: its decisions, its transactions, its outbox. */
export type BulkLane = {
  /** Writes until `pause`. What was missed meanwhile and before is made up for, as fast as the writers can. */
  run(): void;
  /** Resolves when as much is written as should be by now; after `atMostMs` in any case. */
  caughtUp(atMostMs: number): Promise<void>;
  /** Begins nothing new; resolves when every transaction has come to its end. */
  pause(): Promise<void>;
};

export type BulkLaneDeps = {
  /** Asked for each attempt. */
  readonly orders: () => OrderStore;
  readonly world: World;
  readonly random: Random;
  readonly promises: Promises;
  readonly name: string;
  /** On average, from the first `run` on. */
  readonly eventsPerSecond: number;
};

const WRITERS = 8;
/** Orders on their way at most: each comes to its end soon, as a shop works. */
const MOST_OPEN = 400;
const GIVE_UP_MS = 120_000;
const RETRY_MS = 250;
const IDLE_MS = 5;

type Open = { order: Order; readonly actor: Actor };

/** Writers who insist until they know, as those over HTTP do. All bulk shops sell, all clients buy. */
export function createBulkLane(deps: BulkLaneDeps): BulkLane {
  const { world, random, promises } = deps;
  const shops = world.shops.filter(({ bulk }) => bulk.length > 0);
  const open: Open[] = [];
  let writers: readonly Promise<void>[] = [];
  const life = { running: false };
  let began: number | undefined;
  let written = 0;
  let checkouts = 0;

  const isBehind = () => written < ((performance.now() - (began ?? Infinity)) / 1_000) * deps.eventsPerSecond;

  /** Tries until the end is known; `doubtful` when an attempt before had an unknown end. */
  async function insist<Result>(attempt: (store: OrderStore) => Promise<Result>) {
    const deadline = performance.now() + GIVE_UP_MS;
    for (let doubtful = false; ; doubtful = true) {
      try {
        return { result: await attempt(deps.orders()), doubtful };
      } catch (error) {
        if (performance.now() > deadline) throw error;
        promises.retries += 1;
        await Bun.sleep(RETRY_MS);
      }
    }
  }

  async function place(): Promise<void> {
    const shop = random.pick(shops);
    const client = random.pick(world.clients);
    checkouts += 1;
    const key = `${deps.name}-bulk-${checkouts}`;
    promises.open.add(key);
    const { result } = await insist(async (orders) => {
      const placed = await orders.place({
        client_id: client.principal.user_id,
        idempotency_key: key,
        request_hash: createHash("sha256").update(key).digest(),
        lines: [{ product_id: random.pick(shop.bulk), quantity: 1 + random.next(4) }],
        note: key,
      });
      if (placed.kind === "in_progress") throw new Error("the attempt before is still running");
      return placed;
    });
    promises.open.delete(key);
    if (result.kind !== "placed" && result.kind !== "replayed") {
      promises.refused.add(key);
      promises.broken.push(`checkout ${key}: ${result.kind}`);
      return;
    }
    promises.placed.set(
      key,
      result.orders.map(({ id }) => id),
    );
    written += result.orders.length;
    for (const order of result.orders) open.push({ order, actor: actorOf(shop) });
  }

  async function moveOn(one: Open): Promise<void> {
    const { order, actor } = one;
    const to = nextStatus(order.status, random);
    const decision = decideOrderStep(order, { to, actor });
    if (decision.kind !== "step") throw new Error(`order ${order.id} to ${to}: ${decision.kind}`);
    const { result, doubtful } = await insist((orders) => orders.step(order, decision, actor));
    // Nobody else moves it: where the version is taken after an attempt of unknown end, that attempt was made.
    const found = result ?? (doubtful ? await insist((orders) => orders.find(order.id, {})) : undefined)?.result;
    if (found?.status !== to) throw new Error(`order ${order.id} did not become ${to}`);
    promises.steps.push({ orderId: order.id, to });
    written += 1;
    one.order = found;
    if (!isDone(to)) open.push(one);
  }

  async function write(): Promise<void> {
    while (life.running) {
      if (!isBehind()) {
        await Bun.sleep(IDLE_MS);
        continue;
      }
      const [order] = open.length > MOST_OPEN || random.next(5) > 0 ? open.splice(random.next(open.length), 1) : [];
      await (order === undefined ? place() : moveOn(order)).catch(
        (error: unknown) => void promises.broken.push(String(error)),
      );
    }
  }

  return {
    run() {
      if (life.running || deps.eventsPerSecond === 0) return;
      life.running = true;
      began ??= performance.now();
      writers = Array.from({ length: WRITERS }, write);
    },
    async caughtUp(atMostMs) {
      const deadline = performance.now() + atMostMs;
      while (life.running && isBehind() && performance.now() < deadline) await Bun.sleep(IDLE_MS);
    },
    async pause() {
      life.running = false;
      await Promise.all(writers);
    },
  };
}

function actorOf({ principal }: Person): Actor {
  return { user_id: principal.user_id, role: principal.role };
}
