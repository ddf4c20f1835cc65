import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ORDER_TRANSITIONS, OrderStatus, type Role } from "@espigon/event_contracts";
import { type Account, createTestApp, type OrderAnswer, type TestApp } from "./testApp.ts";

let rest: TestApp;
let parties: Record<Role, Account>;
let strangers: Account[];
let order: OrderAnswer;
let productId: string;
beforeAll(async () => {
  rest = await createTestApp();
  parties = { SELLER: await rest.seller(), CLIENT: await rest.client(), ADMIN: await rest.admin() };
  strangers = [await rest.seller(), await rest.client()];
  const product = await rest.product(parties.SELLER, { stock: 10 });
  productId = product.id;
  [order] = (await rest.checkout(parties.CLIENT, [{ product_id: productId, quantity: 4 }])) as [OrderAnswer];
});
afterAll(() => rest.close());

type Step = { by: readonly Role[]; to: OrderStatus; method: string; path: string; body: object };

const STEPS: readonly Step[] = [
  ...OrderStatus.options.map((to) => ({
    by: ["SELLER", "CLIENT", "ADMIN"] as const,
    to,
    method: "PATCH",
    path: "status",
    body: { status: to, reason: "porque sí" },
  })),
  ...([true, false] as const).map((approved) => ({
    by: ["SELLER", "ADMIN"] as const,
    to: approved ? ("payment_confirmed" as const) : ("payment_rejected" as const),
    method: "POST",
    path: "verify-payment",
    body: { approved, reason: "porque sí" },
  })),
  { by: ["SELLER"], to: "delivered", method: "POST", path: "deliver", body: {} },
];

/** Puts the order into a state, as version 1, with six units left of its product. */
async function reset(status: OrderStatus): Promise<void> {
  await rest.pool.query("delete from order_history where order_id = $1 and version > 1", [order.id]);
  await rest.pool.query("update orders set status = $2, version = 1 where id = $1", [order.id, status]);
  await rest.pool.query("update products set stock = 6 where id = $1", [productId]);
  await rest.pool.query("delete from outbox_pending");
}

async function events(): Promise<Record<string, unknown>[]> {
  return (await rest.pool.query<Record<string, unknown>>("select * from outbox_pending")).rows;
}

function take(step: Pick<Step, "method" | "path" | "body">, account: Account, id: number | string = order.id) {
  return rest.call(step.method, `/api/orders/${id}/${step.path}`, { token: account.token, body: step.body });
}

describe("every step by every party goes by the state table", () => {
  test.each(OrderStatus.options)("from %s", async (from) => {
    await reset(from);
    for (const role of ["SELLER", "CLIENT", "ADMIN"] as const) {
      for (const step of STEPS) {
        const ways = ORDER_TRANSITIONS.filter((way) => way.to === step.to && way.needs === undefined);
        const possible = ways.some((way) => way.from === from);
        const mayEver = ways.some((way) => way.actors.includes(role));
        const allowed = step.by.includes(role) && ways.some((way) => way.from === from && way.actors.includes(role));
        const never = !step.by.includes(role) || (possible && !mayEver);
        const { status, body } = await take(step, parties[role]);
        const label = `${role} ${step.path} ${step.to}`;
        if (!allowed) {
          expect([label, status, body]).toMatchObject(
            never
              ? [label, 403, { code: "FORBIDDEN" }]
              : [label, 409, { code: "ILLEGAL_TRANSITION", current_status: from, version: 1 }],
          );
          continue;
        }
        expect([label, status, body]).toMatchObject([label, 200, { status: step.to, version: 2 }]);
        // A room token says when it was made, to the second.
        const { room, ...same } = body;
        expect(await rest.call("GET", `/api/orders/${order.id}`, { token: parties[role].token })).toMatchObject({
          body: { ...same, room: { name: (room as { name: string }).name } },
        });
        expect(await events()).toMatchObject([{ order_id: order.id, payload: { from, to: step.to, version: 2 } }]);
        const { body: product } = await rest.call("GET", `/api/products/${productId}`);
        expect([label, product["stock"]]).toEqual([label, step.to === "cancelled" ? 10 : 6]);
        await reset(from);
      }
    }
    expect(await events()).toEqual([]);
  });
});

test("to others an order is not there, whatever they try", async () => {
  await reset("pending_payment");
  const before = await rest.digest();
  for (const stranger of strangers) {
    for (const step of STEPS) {
      const status = step.by.includes(stranger.user.role) ? 404 : 403;
      expect((await take(step, stranger)).status).toBe(status);
    }
    expect((await rest.call("GET", `/api/orders/${order.id}`, { token: stranger.token })).status).toBe(404);
    const list = await rest.call("GET", "/api/orders", { token: stranger.token });
    expect(list.body).toEqual({ orders: [], next_cursor: null });
  }
  const unknown = STEPS.filter(({ by }) => by.includes("SELLER"));
  for (const step of unknown) expect((await take(step, parties.SELLER, 999_999)).status).toBe(404);
  expect(await rest.digest()).toBe(before);
});

test("an approval is bound to the version that was seen", async () => {
  await reset("payment_submitted");
  const step = { method: "POST", path: "verify-payment" };
  const stale = await take({ ...step, body: { approved: true, expected_version: 2 } }, parties.SELLER);
  expect([stale.status, stale.body]).toMatchObject([
    409,
    { code: "VERSION_CONFLICT", current_status: "payment_submitted", version: 1 },
  ]);
  expect((await take({ ...step, body: { approved: true, expected_version: 1 } }, parties.SELLER)).status).toBe(200);
});

test("the history and the event keep the reason of a step, if there is one", async () => {
  await reset("payment_submitted");
  const step = { method: "POST", path: "verify-payment" };
  const { body } = await take({ ...step, body: { approved: false, reason: "no llegó 😕" } }, parties.SELLER);
  expect(body["history"]).toMatchObject([{}, { status: "payment_rejected", by: "SELLER", reason: "no llegó 😕" }]);
  expect(await events()).toMatchObject([{ type: "PAYMENT_REJECTED", payload: { reason: "no llegó 😕" } }]);
  await reset("payment_submitted");
  expect((await take({ ...step, body: { approved: false } }, parties.SELLER)).status).toBe(200);
});

test("the delivery needs no body", async () => {
  await reset("shipped");
  const { status } = await rest.call("POST", `/api/orders/${order.id}/deliver`, { token: parties.SELLER.token });
  expect(status).toBe(200);
});

describe("the list", () => {
  test("shows each party its own, ADMIN all, filtered by state, in pages", async () => {
    const [other] = await rest.checkout(await rest.client(), [{ product_id: productId, quantity: 1 }]);
    await reset("shipped");
    const listed = async (account: Account, query = "") => {
      const { body } = await rest.call<{ orders: OrderAnswer[]; next_cursor: string | null }>(
        "GET",
        `/api/orders${query}`,
        {
          token: account.token,
        },
      );
      return [...body.orders.map(({ id }) => id), body.next_cursor];
    };
    const newest = other?.id ?? 0;
    expect(await listed(parties.CLIENT)).toEqual([order.id, null]);
    expect(await listed(parties.SELLER)).toEqual([newest, order.id, null]);
    expect(await listed(parties.ADMIN)).toEqual([newest, order.id, null]);
    expect(await listed(parties.SELLER, "?status=shipped")).toEqual([order.id, null]);
    expect(await listed(parties.SELLER, "?limit=1")).toEqual([newest, String(newest)]);
    expect(await listed(parties.SELLER, `?limit=1&cursor=${newest}`)).toEqual([order.id, null]);
  });
});
