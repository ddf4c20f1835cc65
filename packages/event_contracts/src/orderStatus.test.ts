import { describe, expect, test } from "bun:test";
import { findTransition, isCounted, ORDER_TRANSITIONS, OrderStatus, releasesStock } from "./orderStatus.ts";

const ENDS: readonly OrderStatus[] = ["delivered", "cancelled", "expired"];

describe("the order state machine", () => {
  test("lets these make these steps, and nobody else", () => {
    const steps = ORDER_TRANSITIONS.map(({ from, to, actors, needs }) =>
      [from, to, actors.toSorted().join(), ...(needs === undefined ? [] : [needs])].join(" "),
    );
    expect(steps.toSorted()).toEqual([
      "payment_confirmed cancelled ADMIN,SELLER",
      "payment_confirmed preparing SELLER",
      "payment_rejected cancelled ADMIN,CLIENT,SELLER",
      "payment_rejected expired SYSTEM",
      "payment_rejected payment_submitted CLIENT proof",
      "payment_submitted payment_confirmed ADMIN,SELLER",
      "payment_submitted payment_rejected ADMIN,SELLER",
      "pending_payment cancelled ADMIN,CLIENT,SELLER",
      "pending_payment expired SYSTEM",
      "pending_payment payment_confirmed ADMIN,SELLER",
      "pending_payment payment_submitted CLIENT proof",
      "preparing cancelled ADMIN,SELLER",
      "preparing ready_for_pickup SELLER",
      "preparing shipped SELLER",
      "ready_for_pickup delivered CLIENT,SELLER,SYSTEM",
      "shipped delivered CLIENT,SELLER,SYSTEM",
    ]);
  });

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
