import { describe, expect, test } from "bun:test";
import { findTransition, isCounted, ORDER_TRANSITIONS, OrderStatus, releasesStock } from "./orderStatus.ts";

const ENDS: readonly OrderStatus[] = ["delivered", "cancelled", "expired"];

describe("the order state machine", () => {
  test("names every transition once", () => {
    const names = ORDER_TRANSITIONS.map(({ from, to }) => `${from} → ${to}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("reaches every state from pending_payment", () => {
    const reached = new Set<OrderStatus>(["pending_payment"]);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const { from, to } of ORDER_TRANSITIONS) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...OrderStatus.options].sort());
  });

  test("leaves no state that is not an end without a way on, and no end with one", () => {
    const left = OrderStatus.options.filter((status) => !ORDER_TRANSITIONS.some(({ from }) => from === status));
    expect(left.sort()).toEqual([...ENDS].sort());
  });

  test("lets a cash order be confirmed without a proof", () => {
    expect(findTransition("pending_payment", "payment_confirmed")?.actors).toEqual(["SELLER", "ADMIN"]);
  });

  test("never lets a client confirm a payment", () => {
    const confirming = ORDER_TRANSITIONS.filter(({ to }) => to === "payment_confirmed");
    expect(confirming.flatMap(({ actors }) => actors)).not.toContain("CLIENT");
  });

  test("stops counting an order only when it is cancelled", () => {
    for (const { from, to } of ORDER_TRANSITIONS) {
      if (isCounted(from) && !isCounted(to)) expect(to).toBe("cancelled");
      if (!isCounted(from) && isCounted(to)) expect(to).toBe("payment_confirmed");
    }
  });

  test("gives stock back exactly when an order ends without delivery", () => {
    expect(OrderStatus.options.filter(releasesStock).sort()).toEqual(["cancelled", "expired"]);
  });
});
