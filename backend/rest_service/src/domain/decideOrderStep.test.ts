import { describe, expect, test } from "bun:test";
import { DomainEvent, ORDER_TRANSITIONS, type OrderActor, OrderStatus } from "@espigon/event_contracts";
import { decideOrderStep, type OrderCommand } from "./decideOrderStep.ts";
import type { Order } from "./Order.ts";

const ACTORS: readonly OrderActor[] = ["ADMIN", "SELLER", "CLIENT", "SYSTEM"];

function orderIn(status: OrderStatus): Order {
  return {
    id: 9,
    status,
    version: 4,
    seller_id: "1",
    seller_name: "Mariscos Doña Luz",
    client_id: "7",
    client_name: "Ana",
    note: null,
    placed_at: "2026-03-01T12:00:00.000Z",
    placed_day: "2026-03-01",
    updated_at: "2026-03-01T12:00:00.000Z",
    totals: { subtotal: 900, tax: 135, total: 1035 },
    items: [{ product_id: "3", name: "Atún", quantity: 2, unit_price: 450, iva_bp: 1500, line_total: 900 }],
    history: [],
  };
}

function actorOf(role: OrderActor): OrderCommand["actor"] {
  return role === "SYSTEM" ? { role } : { user_id: "5", role };
}

describe("the state table decides every step", () => {
  const wishes = OrderStatus.options.flatMap((from) =>
    OrderStatus.options.flatMap((to) => ACTORS.map((role) => ({ from, to, role }))),
  );

  test.each(OrderStatus.options)("from %s", (state) => {
    for (const { from, to, role } of wishes.filter((wish) => wish.from === state)) {
      const ways = ORDER_TRANSITIONS.filter((way) => way.to === to && way.needs === undefined);
      const everAllowed = ways.some((way) => way.actors.includes(role));
      const possible = ways.some((way) => way.from === from);
      const allowed = ways.some((way) => way.from === from && way.actors.includes(role));
      const decision = decideOrderStep(orderIn(from), { to, actor: actorOf(role) });
      const expected = allowed ? "step" : possible && !everAllowed ? "forbidden" : "illegal_transition";
      expect({ from, to, role, kind: decision.kind }).toEqual({ from, to, role, kind: expected });
    }
  });
});

test("a step tells all that its event needs", () => {
  const order = orderIn("payment_submitted");
  const decision = decideOrderStep(order, {
    to: "payment_rejected",
    actor: actorOf("SELLER"),
    reason: "no money came",
  });
  if (decision.kind !== "step") throw new Error(decision.kind);
  const { type, action, payload } = decision;
  expect(payload).toMatchObject({
    from: "payment_submitted",
    to: "payment_rejected",
    version: 5,
    order_day: "2026-03-01",
  });
  const event = {
    type,
    payload,
    metadata: { action },
    at: "2026-03-02T12:00:00Z",
    day: "2026-03-02",
    actor: { user_id: "5", role: "SELLER" },
    seller_id: "1",
    client_id: "7",
    order_id: 9,
  };
  expect(DomainEvent.safeParse(event).success).toBe(true);
});

test("nobody can say without a proof that they have paid", () => {
  const wish = { to: "payment_submitted", actor: actorOf("CLIENT") } as const;
  expect(decideOrderStep(orderIn("pending_payment"), wish)).toEqual({ kind: "illegal_transition" });
});

test("a stale version is refused before the state is looked at", () => {
  const wish = { to: "delivered", actor: actorOf("SELLER"), expected_version: 3 } as const;
  expect(decideOrderStep(orderIn("shipped"), wish)).toEqual({ kind: "version_conflict" });
  expect(decideOrderStep(orderIn("pending_payment"), wish)).toEqual({ kind: "version_conflict" });
});

test("nobody verifies a payment of their own", () => {
  const actor = { user_id: "7", role: "SELLER" } as const;
  const wish = { to: "payment_confirmed", actor } as const;
  expect(decideOrderStep(orderIn("payment_submitted"), wish)).toEqual({ kind: "forbidden" });
});
