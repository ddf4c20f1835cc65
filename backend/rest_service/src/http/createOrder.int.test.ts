import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { DomainEvent, totalsOf } from "@espigon/event_contracts";
import { signAccessToken, verifyRoomToken } from "@espigon/service_kit";
import fc from "fast-check";
import { type Account, createTestApp, TEST_SECRET, type TestApp } from "./testApp.ts";

let rest: TestApp;
let seller: Account;
let otherSeller: Account;
let client: Account;
beforeAll(async () => {
  rest = await createTestApp();
  [seller, otherSeller, client] = [await rest.seller(), await rest.seller(), await rest.client()];
});
afterAll(() => rest.close());

function checkout(body: unknown, key?: string, token = client.token) {
  return rest.tryCheckout(token, body, key);
}

async function eventOf(orderId: number | undefined) {
  const { rows } = await rest.pool.query<Record<string, unknown>>(
    "select * from outbox_pending where order_id = $1 order by id",
    [orderId],
  );
  expect(rows).toHaveLength(1);
  const { id: _, seller_id, client_id, at, ...event } = rows[0] ?? {};
  return DomainEvent.parse({
    ...event,
    seller_id: String(seller_id),
    client_id: String(client_id),
    at: (at as Date).toISOString(),
  });
}

test("a checkout makes one order per seller, at the server's prices, with stock, room and event", async () => {
  const tuna = await rest.product(seller, { name: "Atún", price: 333, iva_bp: 1500, stock: 10 });
  const squid = await rest.product(seller, { name: "Calamar", price: 250, stock: 10 });
  const ice = await rest.product(otherSeller, { name: "Hielo", price: 100, stock: 8, low_stock_threshold: 5 });
  const commits = rest.commits();
  const { status, body } = await checkout({
    note: "por la mañana",
    items: [
      { product_id: ice.id, quantity: 3, unit_price: 1 },
      { product_id: tuna.id, quantity: 3, price: 1 },
      { product_id: Number(squid.id), quantity: 1 },
    ],
    client_id: "1",
    status: "delivered",
  });
  expect(status).toBe(201);
  expect(rest.commits()).toBe(commits + 1);
  const mine = body.orders.find(({ seller_id }) => seller_id === seller.user.seller_id);
  const others = body.orders.find(({ seller_id }) => seller_id === otherSeller.user.seller_id);
  expect(body.orders).toHaveLength(2);
  expect(mine).toMatchObject({
    status: "pending_payment",
    version: 1,
    seller_id: seller.user.seller_id ?? "",
    client_id: client.user.id,
    note: "por la mañana",
    totals: { subtotal: 1249, tax: 150, total: 1399 },
    items: [
      { product_id: tuna.id, name: "Atún", quantity: 3, unit_price: 333, iva_bp: 1500, line_total: 999 },
      { product_id: squid.id, quantity: 1, line_total: 250 },
    ],
    history: [{ status: "pending_payment", by: "CLIENT" }],
  });
  const room = mine?.room ?? { name: "", token: "" };
  expect(room.name).toBe(`order-${mine?.id}`);
  const wish = { room: room.name, user_id: client.user.id, role: "CLIENT" } as const;
  expect(await verifyRoomToken(TEST_SECRET, room.token, wish)).toBe(true);
  const theirs = { ...wish, room: `order-${others?.id}` };
  expect(await verifyRoomToken(TEST_SECRET, others?.room.token ?? "", theirs)).toBe(true);
  expect(await verifyRoomToken(TEST_SECRET, others?.room.token ?? "", wish)).toBe(false);

  expect(await eventOf(mine?.id)).toMatchObject({
    type: "ORDER_CREATED",
    actor: { user_id: client.user.id, role: "CLIENT" },
    metadata: { action: "order_created" },
    payload: { from: null, to: "pending_payment", version: 1, totals: mine?.totals, items: mine?.items },
  });
  expect((await eventOf(mine?.id)).payload).not.toHaveProperty("low_stock");
  expect((await eventOf(others?.id)).payload).toMatchObject({
    low_stock: [{ product_id: ice.id, name: "Hielo", stock: 5, threshold: 5 }],
  });
  expect(await Promise.all([tuna, squid, ice].map(({ id }) => rest.stockOf(id)))).toEqual([7, 9, 5]);
});

test("low stock is told by the checkout that takes it to the threshold, not by those after it", async () => {
  const { id: product_id } = await rest.product(seller, { stock: 8, low_stock_threshold: 5 });
  const told = [];
  for (const quantity of [2, 2, 1]) {
    const [order] = await rest.checkout(client, [{ product_id, quantity }]);
    told.push("low_stock" in (await eventOf(order?.id)).payload);
  }
  const exactly = await rest.product(seller, { stock: 5, low_stock_threshold: 5 });
  const [order] = await rest.checkout(client, [{ product_id: exactly.id, quantity: 1 }]);
  told.push("low_stock" in (await eventOf(order?.id)).payload);
  expect(told).toEqual([false, true, false, false]);
});

test("the totals that the database computes are those of event_contracts", async () => {
  const line = fc.record({
    price: fc.integer({ min: 1, max: 100_000 }),
    iva_bp: fc.constantFrom(0, 1500),
    quantity: fc.integer({ min: 1, max: 150 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
      const products = await Promise.all(
        lines.map(({ price, iva_bp }) => rest.product(seller, { price, iva_bp, stock: 10_000 })),
      );
      const items = products.map(({ id }, i) => ({ product_id: id, quantity: lines[i]?.quantity ?? 0 }));
      const [order] = await rest.checkout(client, items);
      expect(order?.totals).toEqual(totalsOf(order?.items ?? []));
    }),
    { numRuns: 15 },
  );
});

describe("a checkout that cannot be is refused whole", () => {
  test("when one product is not enough, which is named", async () => {
    const plenty = await rest.product(seller);
    const scarce = await rest.product(otherSeller, { name: "Langosta", stock: 2 });
    const before = await rest.digest();
    const { status, body } = await checkout({
      items: [
        { product_id: plenty.id, quantity: 1 },
        { product_id: scarce.id, quantity: 3 },
      ],
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "OUT_OF_STOCK", product_id: scarce.id, name: "Langosta", available: 2 });
    expect(await rest.digest()).toBe(before);
  });

  test("when a product is not there, or no longer", async () => {
    const gone = await rest.product(seller);
    await rest.call("DELETE", `/api/products/${gone.id}`, { token: seller.token });
    for (const product_id of [gone.id, "9223372036854775807"]) {
      const { status, body } = await checkout({ items: [{ product_id, quantity: 1 }] });
      expect([status, body]).toMatchObject([404, { code: "NOT_FOUND", product_id }]);
    }
  });

  test("when a product's lines add up to more than one may take", async () => {
    const { id: product_id } = await rest.product(seller);
    const { status, body } = await checkout({
      items: [
        { product_id, quantity: 9_999 },
        { product_id, quantity: 2 },
      ],
    });
    expect([status, body]).toMatchObject([400, { code: "INVALID_INPUT", errors: [{ path: "items" }] }]);
  });

  test("when it comes to more than sums can hold", async () => {
    const [dear, cheap] = [
      await rest.product(seller, { price: 10_000_000, stock: 100 }),
      await rest.product(seller, { price: 1, stock: 100 }),
    ];
    const before = await rest.digest();
    const most = { product_id: dear.id, quantity: 10 };
    const { status, body } = await checkout({ items: [most, { product_id: cheap.id, quantity: 1 }] });
    expect([status, body]).toMatchObject([400, { code: "INVALID_INPUT", errors: [{ path: "items" }] }]);
    expect(await rest.digest()).toBe(before);
    expect((await checkout({ items: [most] })).body.orders[0]?.totals.total).toBe(100_000_000);
    const taxed = await rest.product(seller, { price: 10_000_000, iva_bp: 1500, stock: 100 });
    expect((await checkout({ items: [{ product_id: taxed.id, quantity: 9 }] })).status).toBe(400);
  });

  test("when the buyer is not a client, or without a key", async () => {
    const { id: product_id } = await rest.product(seller);
    const body = { items: [{ product_id, quantity: 1 }] };
    expect((await checkout(body, "k", seller.token)).status).toBe(403);
    const { status, body: problem } = await rest.call("POST", "/api/orders", { token: client.token, body });
    expect([status, problem]).toMatchObject([400, { errors: [{ path: "idempotency-key" }] }]);
  });
});

test("a disabled account places nothing, not even by the token of an issuer that has no sessions", async () => {
  const { id: product_id } = await rest.product(seller);
  const { user } = await rest.client();
  const principal = { user_id: user.id, role: user.role, expires_at: Math.floor(Date.now() / 1000) + 600 };
  const token = await signAccessToken(TEST_SECRET, principal);
  const body = { items: [{ product_id, quantity: 1 }] };
  expect((await checkout(body, "before", token)).status).toBe(201);
  await rest.pool.query("update users set disabled_at = now() where id = $1", [user.id]);
  expect((await checkout(body, "after", token)).status).toBe(401);
});
