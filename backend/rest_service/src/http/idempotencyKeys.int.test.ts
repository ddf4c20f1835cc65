import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Account, createTestApp, type TestApp } from "./testApp.ts";

let rest: TestApp;
let seller: Account;
let client: Account;
beforeAll(async () => {
  rest = await createTestApp();
  [seller, client] = [await rest.seller(), await rest.client()];
});
afterAll(() => rest.close());

function checkout(body: unknown, key: string, token = client.token) {
  return rest.tryCheckout(token, body, key);
}

describe("an idempotency key", () => {
  test("gives the first answer again, whatever has become of the order", async () => {
    const { id: product_id } = await rest.product(seller, { stock: 5 });
    const body = { items: [{ product_id, quantity: 2 }] };
    const first = await checkout(body, "key-1");
    await rest.call("PATCH", `/api/orders/${first.body.orders[0]?.id}/status`, {
      token: client.token,
      body: { status: "cancelled", reason: "me equivoqué" },
    });
    const commits = rest.commits();
    const again = await checkout(body, "key-1");
    const withoutTokens = ({ orders }: typeof first.body) =>
      orders.map((order) => ({ ...order, room: order.room.name }));
    expect(again.status).toBe(201);
    expect(withoutTokens(again.body)).toEqual(withoutTokens(first.body));
    expect(rest.commits()).toBe(commits);
    expect(await rest.stockOf(product_id)).toBe(5);
  });

  test("belongs to one request of one client, and is forgotten after a day", async () => {
    const { id: product_id } = await rest.product(seller);
    const body = { items: [{ product_id, quantity: 1 }] };
    const stranger = await rest.client();
    expect((await checkout(body, "key-2")).status).toBe(201);
    const reused = await checkout({ items: [{ product_id, quantity: 2 }] }, "key-2");
    expect([reused.status, reused.body]).toMatchObject([422, { code: "IDEMPOTENCY_KEY_REUSED" }]);
    expect((await checkout({ ...body, note: "para mañana" }, "key-2")).status).toBe(422);
    const strangers = await checkout(body, "key-2", stranger.token);
    expect([strangers.status, strangers.body.orders[0]?.client_id]).toEqual([201, stranger.user.id]);
    await rest.pool.query("update idempotency_keys set created_at = created_at - interval '25 hours'");
    const oldKeys = "select from idempotency_keys where created_at < now() - interval '24 hours'";
    const before = (await rest.pool.query(oldKeys)).rowCount ?? 0;
    const anew = await checkout({ items: [{ product_id, quantity: 2 }] }, "key-2");
    expect(anew.status).toBe(201);
    const again = await checkout({ items: [{ product_id, quantity: 2 }] }, "key-2");
    expect(again.body.orders.map(({ id }) => id)).toEqual(anew.body.orders.map(({ id }) => id));
    // One was taken over, and others left with it: keys do not pile up.
    expect((await rest.pool.query(oldKeys)).rowCount ?? 0).toBeLessThan(before - 1);
  });

  test("makes one order of simultaneous repetitions", async () => {
    const { id: product_id } = await rest.product(seller, { stock: 100 });
    const body = { items: [{ product_id, quantity: 1 }] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkout(body, "key-3")));
    const placed = answers.filter(({ status }) => status === 201);
    expect(new Set(placed.map((answer) => answer.body.orders[0]?.id)).size).toBe(1);
    for (const { status, body } of answers.filter((answer) => !placed.includes(answer))) {
      expect([status, body]).toMatchObject([409, { code: "IN_PROGRESS" }]);
    }
    expect(await rest.stockOf(product_id)).toBe(99);
  });

  test("of a refused checkout may be tried again", async () => {
    const { id: product_id } = await rest.product(seller, { stock: 0 });
    const body = { items: [{ product_id, quantity: 1 }] };
    expect((await checkout(body, "key-4")).status).toBe(409);
    await rest.call("PATCH", `/api/products/${product_id}`, { token: seller.token, body: { stock: 1 } });
    expect((await checkout(body, "key-4")).status).toBe(201);
  });
});
