import { expect, test } from "bun:test";
import { isCounted, OrderStatus } from "@espigon/event_contracts";
import fc from "fast-check";
import { orderWalk } from "../../testing/orderWalk.ts";
import { deltasFor } from "./deltasFor.ts";
import type { RollupName } from "./rollups.ts";
import { type DeltaSums, sumDeltas } from "./sumDeltas.ts";

test("however an order walks the state machine, its deltas add up to where it stands", () => {
  fc.assert(
    fc.property(orderWalk(), (walk) => {
      const sums = sumDeltas(walk.flatMap(deltasFor));
      const { to, totals, items, order_day } = (walk.at(-1) ?? walk[0]).payload;
      const paid = isCounted(to) ? 1 : 0;
      const over = to === "cancelled" || to === "expired" ? 1 : 0;
      const units = items.reduce((sum, { quantity }) => sum + quantity, 0);

      const figures = [1, paid, paid * totals.subtotal, paid * units, over];
      expect(total(sums, "stats_seller_day")).toEqual(figures);
      expect(total(sums, "stats_day")).toEqual([...figures, 0]);
      expect(total(sums, "stats_client_day", [0, 0])).toEqual([paid, paid * totals.subtotal]);
      expect(total(sums, "stats_product_day", [0, 0])).toEqual([paid * units, paid * totals.subtotal]);

      const present = OrderStatus.options.map((status) => [status, status === to ? 1 : 0] as const);
      for (const [status, orders] of present) {
        const rows = (sums.get("stats_seller_day_status") ?? []).filter(({ key }) => key[2] === status);
        expect(rows.map(({ sums }) => sums[0]).reduce((sum = 0, one = 0) => sum + one, 0)).toBe(orders);
        expect(rows.every(({ key }) => key[1] === order_day)).toBe(true);
      }
    }),
  );
});

test("the minutes of a day add up to the day", () => {
  fc.assert(
    fc.property(fc.array(orderWalk(), { maxLength: 5 }), (walks) => {
      const sums = sumDeltas(walks.flat().flatMap(deltasFor));
      for (const [byDay, byMinute, keys] of [
        ["stats_seller_day", "stats_seller_minute", 2],
        ["stats_day", "stats_minute", 1],
      ] as const) {
        const days = new Map<string, readonly number[]>();
        for (const { key, sums: add } of sums.get(byMinute) ?? []) {
          const day = key.slice(0, keys).join();
          days.set(
            day,
            add.map((value, index) => value + (days.get(day)?.[index] ?? 0)),
          );
        }
        expect(days).toEqual(new Map((sums.get(byDay) ?? []).map((row) => [row.key.join(), row.sums])));
      }
    }),
  );
});

test("the rows that are touched do not depend on how events are batched", () => {
  fc.assert(
    fc.property(orderWalk(), (walk) => {
      const together = sumDeltas(walk.flatMap(deltasFor));
      const keys = (rollup: RollupName) => (together.get(rollup) ?? []).map(({ key }) => key.join());
      for (const event of walk) {
        for (const [rollup, rows] of sumDeltas(deltasFor(event))) {
          expect(keys(rollup)).toEqual(expect.arrayContaining(rows.map(({ key }) => key.join())));
        }
      }
    }),
  );
});

test("a sale that is cancelled later is subtracted on the day of the cancellation", () => {
  const [placed] = fc.sample(orderWalk(), { numRuns: 1, seed: 1 })[0] ?? [];
  if (placed === undefined) throw new Error("no sample");
  const cancelled = {
    ...placed,
    type: "ORDER_CANCELLED" as const,
    day: "2026-12-02",
    payload: { ...placed.payload, from: "preparing" as const, to: "cancelled" as const },
  };
  const units = placed.payload.items.reduce((sum, { quantity }) => sum + quantity, 0);
  expect(sumDeltas(deltasFor(cancelled)).get("stats_seller_day")).toEqual([
    { key: ["1", "2026-12-02"], sums: [0, -1, -placed.payload.totals.subtotal, -units, 1] },
  ]);
});

test("tax is no sale", () => {
  const [placed] = fc.sample(orderWalk(), { numRuns: 1, seed: 1 })[0] ?? [];
  if (placed === undefined) throw new Error("no sample");
  const totals = { subtotal: 1_000, tax: 150, total: 1_150 };
  const payload = { ...placed.payload, totals, from: "pending_payment" as const, to: "payment_confirmed" as const };
  const sums = sumDeltas(deltasFor({ ...placed, type: "PAYMENT_VERIFIED", payload }));
  expect(sums.get("stats_day")?.map(({ sums }) => sums.slice(1, 3))).toEqual([[1, 1_000]]);
  expect(sums.get("stats_client_day")?.map(({ sums }) => sums)).toEqual([[1, 1_000]]);
});

test("a client's registration is a new client of its day, and a product's change is no figure", () => {
  const head = { at: "2026-11-24T12:00:00Z", day: "2026-11-24", actor: { role: "SYSTEM" as const } };
  const registered = deltasFor({
    ...head,
    type: "CLIENT_REGISTERED",
    client_id: "7",
    metadata: { action: "client_registered" },
    payload: { user_id: "7" },
  });
  const [day, minute] = ["2026-11-24", "2026-11-24T12:00:00.000Z"];
  expect(registered).toEqual([
    { rollup: "stats_day", key: { day }, add: { new_clients: 1 } },
    { rollup: "stats_minute", key: { day, minute }, add: { new_clients: 1 } },
  ]);
  const changed = deltasFor({
    ...head,
    type: "PRODUCT_UPDATED",
    seller_id: "1",
    metadata: { action: "product_updated" },
    payload: { product_id: "1", name: "Albacora", price: 100, stock: 3 },
  });
  expect(changed).toEqual([]);
});

function total(sums: DeltaSums, rollup: RollupName, none: readonly number[] = []): readonly number[] {
  const rows = (sums.get(rollup) ?? []).map((row) => row.sums);
  const [first = none, ...others] = rows;
  return others.reduce((sum, row) => sum.map((value, index) => value + (row[index] ?? 0)), first);
}
