import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { callApi, type Outcome } from "../model/callApi.ts";
import type { Person } from "../model/World.ts";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { openedSession } from "./openedSession.ts";
import { nodeAt } from "./nodeAt.ts";
import { type Run, startRun } from "./startRun.ts";
import { strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 16, database: await sharedDatabase() });
}, 90_000);
afterAll(() => run.stop(), 30_000);

const CHECKOUTS = 100;
const DISPUTES = 30;

/** Calls any rest node until the end is known. */
async function insist(by: Person, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Outcome> {
  const deadline = performance.now() + 40_000;
  for (;;) {
    const url = `${run.cluster.restUrl()}${path}`;
    const outcome = await callApi({ method: "POST", url, token: await by.token(), body, headers });
    if (outcome.kind !== "unknown" || performance.now() > deadline) return outcome;
    await Bun.sleep(100);
  }
}

describe("a rest node is killed in the middle of", () => {
  test("100 checkouts of the last unit: one order, and 99 are told that it is gone (33)", async () => {
    const shop = nodeAt(run.world.shops, 0);
    const client = nodeAt(run.world.clients, 0);
    const body = { name: "Picudo", category: "pescado", unit: "libra", price: 900, stock: 1, low_stock_threshold: 0 };
    const made = await insist(shop, "/api/products", body);
    if (made.kind !== "done") throw new Error(JSON.stringify(made));
    const product_id = (made.body as { id: string }).id;
    let outcomes: readonly Outcome[] = [];
    await strike(run, async () => {
      const checkouts = Array.from({ length: CHECKOUTS }, (_, index) =>
        insist(client, "/api/orders", { items: [{ product_id, quantity: 1 }] }, { "idempotency-key": `unit-${index}` }),
      );
      await Promise.race(checkouts);
      await nodeAt(run.cluster.rest, 0).end("SIGKILL");
      outcomes = await Promise.all(checkouts);
    });
    const refusals = outcomes.filter(({ kind }) => kind === "refused").map((one) => "code" in one && one.code);
    expect(outcomes.filter(({ kind }) => kind === "done")).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: CHECKOUTS - 1 }, () => "OUT_OF_STOCK"));
    const [sold] = await run.cluster.query(
      "select (select count(*)::int from order_items where product_id = $1) as orders, stock from products where id = $1",
      [product_id],
    );
    expect(sold).toEqual({ orders: 1, stock: 0 });
  }, 90_000);

  test("approvals against cancellations: one winner each, whom the order obeys (32)", async () => {
    const shop = nodeAt(run.world.shops, 0);
    const client = nodeAt(run.world.clients, 0);
    const ids: number[] = [];
    for (let index = 0; index < DISPUTES; index += 1) {
      const items = [{ product_id: shop.plenty, quantity: 1 }];
      const placed = await insist(client, "/api/orders", { items }, { "idempotency-key": `dispute-${index}` });
      if (placed.kind !== "done") throw new Error(JSON.stringify(placed));
      for (const order of (placed.body as { orders: { id: number }[] }).orders) ids.push(order.id);
    }
    const ends: { id: number; approval: Outcome; cancellation: Outcome }[] = [];
    await strike(run, async () => {
      const disputes = ids.map(async (id) => {
        const [approval, cancellation] = await Promise.all([
          once(shop, `/api/orders/${id}/verify-payment`, { approved: true, expected_version: 1 }),
          once(client, `/api/orders/${id}/status`, { status: "cancelled", expected_version: 1 }, "PATCH"),
        ]);
        ends.push({ id, approval, cancellation });
      });
      await Promise.race(disputes);
      await nodeAt(run.cluster.rest, 1).end("SIGKILL");
      await Promise.all(disputes);
    });
    for (const { id, approval, cancellation } of ends) {
      const rows = await run.cluster.query("select status from order_history where order_id = $1 and version > 1", [
        id,
      ]);
      const winners = [approval, cancellation].filter(({ kind }) => kind === "done");
      const unknown = [approval, cancellation].some(({ kind }) => kind === "unknown");
      expect(rows.length).toBeLessThanOrEqual(1);
      // Who was told of success is who has won; nobody has only where a call died with its node.
      expect(winners.length).toBeLessThanOrEqual(1);
      if (approval.kind === "done") expect(rows).toEqual([{ status: "payment_confirmed" }]);
      if (cancellation.kind === "done") expect(rows).toEqual([{ status: "cancelled" }]);
      if (winners.length === 0) expect(unknown).toBe(true);
    }
  }, 90_000);
});

async function once(by: Person, path: string, body: unknown, method: "POST" | "PATCH" = "POST"): Promise<Outcome> {
  return callApi({ method, url: `${run.cluster.restUrl()}${path}`, token: await by.token(), body });
}

describe("a session that ends is heard of", () => {
  test("by who was away when it ended: refused on every node, and nothing is replayed (31)", async () => {
    const session = await openedSession(run.cluster);
    await strike(run, async () => {
      session.away();
      await session.order(nodeAt(run.world.shops, 0));
      await session.logout();
      await session.order(nodeAt(run.world.shops, 0));
      await session.refusedEverywhere();
    });
    expect(session.heard().filter((type) => type === "DIRTY" || type === "ORDER_UPDATED")).toEqual([]);
  }, 60_000);

  test("by a node that was frozen when it ended: closed with 4403, and nothing of later is told (31)", async () => {
    const node = nodeAt(run.cluster.realtime, 0);
    const session = await openedSession(run.cluster, node);
    await strike(run, async () => {
      node.freeze();
      await session.logout();
      await session.order(nodeAt(run.world.shops, 0));
      node.thaw();
      expect(await session.closed()).toBe(4403);
      await session.refusedEverywhere();
    });
    expect(session.heard()).not.toContain("ORDER_UPDATED");
  }, 60_000);
});
