import { OrderStatus } from "@espigon/event_contracts";
import { expect, test } from "bun:test";
import fc from "fast-check";
import { orderGroups } from "./orderGroups.ts";

test("a handful under way is not flattened by a month of delivered orders", () => {
  const [open] = orderGroups([
    { status: "payment_submitted", count: 5 },
    { status: "payment_confirmed", count: 10 },
    { status: "delivered", count: 3590 },
  ]);
  expect(open?.bars.find(({ status }) => status === "payment_submitted")?.share).toBe(0.5);
});

test("no order is lost or counted twice, and every bar fits", () => {
  const counts = fc
    .record(Object.fromEntries(OrderStatus.options.map((status) => [status, fc.nat(10_000)])))
    .map((record) => OrderStatus.options.map((status) => ({ status, count: record[status] ?? 0 })));
  fc.assert(
    fc.property(counts, (given) => {
      const groups = orderGroups(given);
      const total = given.reduce((sum, { count }) => sum + count, 0);
      expect(groups.reduce((sum, group) => sum + group.total, 0)).toBe(total);
      for (const bar of groups.flatMap(({ bars }) => bars)) {
        expect(bar.share).toBeGreaterThanOrEqual(0);
        expect(bar.share).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("rare states appear only when there are some", () => {
  const shown = (counts: Parameters<typeof orderGroups>[0]) =>
    orderGroups(counts).flatMap(({ bars }) => bars.map(({ status }) => status));
  expect(shown([])).not.toContain("payment_rejected");
  expect(shown([{ status: "payment_rejected", count: 1 }])).toContain("payment_rejected");
});
