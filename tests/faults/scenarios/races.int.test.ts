import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Outcome } from "../model/callApi.ts";
import { insist } from "../model/insist.ts";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { until } from "../support/until.ts";
import { createBuyers } from "./createBuyers.ts";
import { nodeAt } from "./nodeAt.ts";
import { type Run, startRun } from "./startRun.ts";
import { strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 17, database: await sharedDatabase() });
}, 90_000);
afterAll(() => run.stop(), 30_000);

const BUYERS = 100;
const DISPUTES = 1_000;
const AT_ONCE = 20;

/** A product of the first shop with so much stock. */
async function product(stock: number): Promise<string> {
  const body = { name: "Picudo", category: "pescado", unit: "libra", price: 900, stock, low_stock_threshold: 0 };
  const shop = nodeAt(run.world.shops, 0);
  const { outcome } = await insist(run.cluster, shop, { method: "POST", path: "/api/products", body });
  if (outcome.kind !== "done") throw new Error(JSON.stringify(outcome));
  return (outcome.body as { id: string }).id;
}

describe("a rest node is killed in the middle of", () => {
  test("a race of 100 buyers for the last unit: one order, and 99 are told that it is gone (33)", async () => {
    const product_id = await product(1);
    const buyers = await createBuyers(run.cluster, BUYERS);
    let outcomes: readonly Outcome[] = [];
    await strike(run, async () => {
      const checkouts = buyers.map(async (buyer) => {
        const body = { items: [{ product_id, quantity: 1 }] };
        const headers = { "idempotency-key": `last-${buyer.principal.user_id}` };
        return (await insist(run.cluster, buyer, { method: "POST", path: "/api/orders", body, headers })).outcome;
      });
      await Promise.race(checkouts);
      await nodeAt(run.cluster.rest, 0).end("SIGKILL");
      outcomes = await Promise.all(checkouts);
    });
    const refusals = outcomes.filter(({ kind }) => kind === "refused").map((one) => "code" in one && one.code);
    expect(outcomes.filter(({ kind }) => kind === "done")).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: BUYERS - 1 }, () => "OUT_OF_STOCK"));
    const [sold] = await run.cluster.query(
      "select (select count(*)::int from order_items where product_id = $1) as orders, stock from products where id = $1",
      [product_id],
    );
    expect(sold).toEqual({ orders: 1, stock: 0 });
  }, 90_000);

  test("1,000 approvals against as many cancellations: one winner each, and who loses is told of it (32)", async () => {
    const shop = nodeAt(run.world.shops, 0);
    const client = nodeAt(run.world.clients, 0);
    const placed = await run.cluster.query(
      `select (place_orders($1, 'dispute-' || n, 'x', array[$2::bigint], array[1], null)->'orders'->0->>'id')::int as id
         from generate_series(1, $3::int) n`,
      [client.principal.user_id, await product(DISPUTES), DISPUTES],
    );
    const waiting = placed.map(({ id }) => Number(id));
    const ends: { id: number; approval: Outcome; cancellation: Outcome; doubtful: boolean }[] = [];

    const dispute = async (id: number) => {
      const approve = () =>
        insist(run.cluster, shop, {
          method: "POST",
          path: `/api/orders/${id}/verify-payment`,
          body: { approved: true, expected_version: 1 },
        });
      const cancel = () =>
        insist(run.cluster, client, {
          method: "PATCH",
          path: `/api/orders/${id}/status`,
          body: { status: "cancelled", expected_version: 1 },
        });
      const early = id % 2 === 0 ? approve() : undefined;
      const [cancellation, approval] = await Promise.all([cancel(), early ?? approve()]);
      ends.push({
        id,
        approval: approval.outcome,
        cancellation: cancellation.outcome,
        doubtful: approval.doubtful || cancellation.doubtful,
      });
    };
    const lane = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await dispute(id);
    };
    await strike(run, async () => {
      const lanes = Promise.all(Array.from({ length: AT_ONCE }, lane));
      await until("a third is decided", () => ends.length > DISPUTES / 3, 60_000);
      await nodeAt(run.cluster.rest, 1).end("SIGKILL");
      await lanes;
    });

    expect(ends).toHaveLength(DISPUTES);
    const histories = await run.cluster.query(
      `select order_id::int as id, array_agg(status order by version) as statuses, max(version) as version
         from order_history where order_id = any ($1) group by order_id`,
      [ends.map(({ id }) => id)],
    );
    const won = new Map(histories.map(({ id, statuses }) => [id, (statuses as string[])[1]]));
    expect(histories.every(({ statuses, version }) => version === 2 && (statuses as string[]).length === 2)).toBe(true);
    expect(new Set(won.values())).toEqual(new Set(["payment_confirmed", "cancelled"]));
    for (const { id, approval, cancellation, doubtful } of ends) {
      const winner = won.get(id) === "cancelled" ? cancellation : approval;
      const loser = winner === approval ? cancellation : approval;
      const told = { kind: "refused", status: 409, current_status: won.get(id) };
      expect(loser).toMatchObject(told);
      // Whose winning call died with its node has asked again, and was told that it is done.
      if (winner.kind !== "done") expect({ ...winner, doubtful }).toMatchObject({ ...told, doubtful: true });
    }
  }, 120_000);
});
