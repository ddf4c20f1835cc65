import { afterAll, beforeAll, expect, test } from "bun:test";
import { waitUntil } from "../testing/waitUntil.ts";
import { type Account, createTestApp, type TestApp } from "./testApp.ts";

let rest: TestApp;
let seller: Account;
let client: Account;
beforeAll(async () => {
  rest = await createTestApp();
  [seller, client] = await Promise.all([rest.seller(), rest.client()]);
});
afterAll(() => rest.close());

const times = <Result>(count: number, work: (i: number) => Result): Result[] =>
  Array.from({ length: count }, (_, i) => work(i));

function checkout(items: readonly { product_id: string; quantity: number }[]) {
  return rest.tryCheckout(client.token, { items });
}

async function count(query: string, ...values: unknown[]): Promise<number> {
  return (await rest.pool.query<{ n: number }>(`select count(*) as n from ${query}`, values)).rows[0]?.n ?? -1;
}

test("of 100 simultaneous checkouts of the last unit one gets it", async () => {
  const { id: product_id } = await rest.product(seller, { stock: 1 });
  const answers = await Promise.all(times(100, () => checkout([{ product_id, quantity: 1 }])));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ body }) => (body as Record<string, unknown>)["code"] === "OUT_OF_STOCK")).toHaveLength(99);
  expect(await rest.stockOf(product_id)).toBe(0);
  expect(await count("order_items where product_id = $1", product_id)).toBe(1);
});

test("50 simultaneous approvals make one approval, one event and one history entry", async () => {
  const { id: product_id } = await rest.product(seller);
  const [order] = await rest.checkout(client, [{ product_id, quantity: 1 }]);
  const answers = await Promise.all(
    times(50, () =>
      rest.call("POST", `/api/orders/${order?.id}/verify-payment`, { token: seller.token, body: { approved: true } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers.filter(({ status }) => status !== 200)) {
    expect([status, body]).toMatchObject([
      409,
      { code: "ILLEGAL_TRANSITION", current_status: "payment_confirmed", version: 2 },
    ]);
  }
  expect(await count("outbox_pending where order_id = $1 and type = 'PAYMENT_VERIFIED'", order?.id)).toBe(1);
  expect(await count("order_history where order_id = $1", order?.id)).toBe(2);
});

test("approving against cancelling: one of both, and stock that fits it", async () => {
  for (let round = 0; round < 10; round++) {
    const { id: product_id } = await rest.product(seller, { stock: 5 });
    const [order] = await rest.checkout(client, [{ product_id, quantity: 2 }]);
    const path = `/api/orders/${order?.id}`;
    const answers = await Promise.all([
      rest.call("POST", `${path}/verify-payment`, { token: seller.token, body: { approved: true } }),
      rest.call("PATCH", `${path}/status`, { token: client.token, body: { status: "cancelled", reason: "no" } }),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const cancelled = answers[1]?.status === 200;
    expect(await rest.stockOf(product_id)).toBe(cancelled ? 5 : 3);
  }
});

test("overlapping carts in opposite order, cancellations and stock changes never deadlock, and no unit is lost", async () => {
  const a = await rest.product(seller, { stock: 500 });
  const b = await rest.product(await rest.seller(), { stock: 500 });
  const c = await rest.product(seller, { stock: 500 });
  const cart = (i: number) => {
    const items = [a, b, c].map(({ id }) => ({ product_id: id, quantity: 1 }));
    return i % 2 === 0 ? items : items.toReversed();
  };
  const cancelled = await Promise.all(times(20, (i) => rest.checkout(client, cart(i))));
  const answers = await Promise.all([
    ...times(60, (i) => checkout(cart(i))),
    ...cancelled.flat().map(({ id }) =>
      rest.call("PATCH", `/api/orders/${id}/status`, {
        token: client.token,
        body: { status: "cancelled", reason: "cambio de planes" },
      }),
    ),
    ...times(20, (i) => rest.call("PATCH", `/api/products/${a.id}`, { token: seller.token, body: { price: 100 + i } })),
  ]);
  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
  expect(await Promise.all([a, b, c].map(({ id }) => rest.stockOf(id)))).toEqual([440, 440, 440]);
  const { rows } = await rest.pool.query<{ deadlocks: number }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  expect(rows[0]?.deadlocks).toBe(0);
});

test("a step takes its products in the order of their ids, however the cart had them, so that no two can deadlock", async () => {
  const products = [await rest.product(seller), await rest.product(seller)];
  const [low = "", high = ""] = products.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b));
  for (const cart of [
    [low, high],
    [high, low],
  ]) {
    const [order] = await rest.checkout(
      client,
      cart.map((product_id) => ({ product_id, quantity: 1 })),
    );
    const holder = await rest.pool.connect();
    await holder.query("begin");
    await holder.query("select from products where id = $1 for update", [low]);
    const cancelled = rest.call("PATCH", `/api/orders/${order?.id}/status`, {
      token: client.token,
      body: { status: "cancelled", reason: "no" },
    });
    const waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await waitUntil("the step waits for the first product", async () => (await count(waiting)) === 1);
    const { rowCount } = await holder.query("select from products where id = $1 for update skip locked", [high]);
    await holder.query("rollback");
    holder.release();
    expect([rowCount, (await cancelled).status]).toEqual([1, 200]);
  }
});

test("an order's events are in the outbox in the order of its versions", async () => {
  const { rows } = await rest.pool.query<{ wrong: number }>(`
    select count(*) as wrong from (
      select payload ->> 'version' as version, row_number() over (partition by order_id order by id) as position
      from outbox_pending where order_id is not null
    ) t where version::int <> position`);
  expect(rows[0]?.wrong).toBe(0);
});
