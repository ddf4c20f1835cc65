import { describe, expect, test } from "bun:test";
import { findTransition } from "@espigon/event_contracts";
import fc from "fast-check";
import { DEMO_PRODUCTS } from "./catalogue.ts";
import { DEMO_PEOPLE } from "./people.ts";
import { DAY_MS, HOUR_MS, planOrders, placedAt } from "./planOrders.ts";

const todayStart = Date.UTC(2026, 10, 24, 5);
const period = { todayStart, now: todayStart + 15 * HOUR_MS };

/** Any moment of any business day in two years. */
const anyPeriod = fc
  .tuple(fc.integer({ min: 0, max: 730 }), fc.integer({ min: 0, max: DAY_MS - 1 }))
  .map(([day, moment]) => ({ todayStart: todayStart + day * DAY_MS, now: todayStart + day * DAY_MS + moment }));

describe("the demo orders", () => {
  test("are the same for the same period", () => {
    expect(planOrders(period)).toEqual(planOrders(period));
  });

  test("go along the state machine, in the past, oldest first, at any moment of any day", () => {
    fc.assert(
      fc.property(anyPeriod, (at) => {
        const orders = planOrders(at);
        expect(orders.map(placedAt)).toEqual(orders.map(placedAt).toSorted((a, b) => a - b));
        for (const { steps } of orders) {
          expect(steps[0]?.status).toBe("pending_payment");
          for (const [index, step] of steps.entries()) {
            expect(step.at).toBeLessThanOrEqual(at.now);
            const earlier = steps[index - 1];
            if (earlier === undefined) continue;
            expect(step.at).toBeGreaterThan(earlier.at);
            expect(findTransition(earlier.status, step.status)?.actors).toContain(step.by);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  test("are between 1,500 and 3,000, in every kind of end, with payments to verify at any moment of any day", () => {
    fc.assert(
      fc.property(anyPeriod, (at) => {
        const orders = planOrders(at);
        const states = new Set(orders.map((order) => order.steps.at(-1)?.status));
        expect(orders.length).toBeWithin(1_500, 3_000);
        for (const state of ["delivered", "cancelled", "expired", "payment_submitted"] as const) {
          expect(states).toContain(state);
        }
      }),
      { numRuns: 10 },
    );
  });

  test("grow over the period and are most on market days", () => {
    const orders = planOrders(period);
    const inDays = (from: number, to: number) =>
      orders.filter((order) => {
        const daysAgo = (todayStart - placedAt(order)) / DAY_MS;
        return daysAgo >= from && daysAgo < to;
      }).length;
    expect(inDays(0, 28)).toBeGreaterThan(inDays(56, 84) * 1.2);
    const onWeekday = (weekday: number) =>
      orders.filter((order) => new Date(placedAt(order) - 5 * HOUR_MS).getUTCDay() === weekday).length;
    expect(onWeekday(5)).toBeGreaterThan(onWeekday(1));
  });

  test("are of products of one seller and of clients who had registered", () => {
    const registered = new Map(DEMO_PEOPLE.map((person) => [person.id, person.registeredDaysAgo]));
    for (const order of planOrders(period)) {
      for (const line of order.lines) {
        expect(DEMO_PRODUCTS[line.product_id - 1]?.sellerId).toBe(order.seller.id);
      }
      const registeredFrom = todayStart - (registered.get(order.clientId) ?? 0) * DAY_MS;
      expect(placedAt(order)).toBeGreaterThanOrEqual(registeredFrom);
    }
  });
});
