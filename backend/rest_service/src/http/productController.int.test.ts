import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { DomainEvent } from "@espigon/event_contracts";
import type { Product } from "../domain/Product.ts";
import { type Account, createTestApp, type TestApp } from "./testApp.ts";
import { waitUntil } from "../testing/waitUntil.ts";

let rest: TestApp;
let seller: Account;
beforeAll(async () => {
  rest = await createTestApp();
  seller = await rest.seller();
});
afterAll(() => rest.close());

type Page = { products: Product[]; next_cursor: string | null };

async function lastEvent() {
  const { rows } = await rest.pool.query<Record<string, unknown>>(
    "select * from outbox_pending order by id desc limit 1",
  );
  const { id: _, seller_id, order_id: __, client_id: ___, at, ...event } = rows[0] ?? {};
  return DomainEvent.parse({ ...event, seller_id: String(seller_id), at: (at as Date).toISOString() });
}

test("a product is offered, read, changed and taken away, each with its event", async () => {
  const product = await rest.product(seller, { name: "Camarón", stock: 30, iva_bp: 1500 });
  expect(product).toEqual({
    id: expect.stringMatching(/^\d+$/),
    seller_id: seller.user.seller_id ?? "",
    seller_name: expect.stringMatching(/^Shop \d+$/),
    name: "Camarón",
    description: "",
    category: "pescado",
    unit: "libra",
    price: 450,
    stock: 30,
    iva_bp: 1500,
    low_stock_threshold: 5,
    photo_url: null,
  });
  expect(await lastEvent()).toMatchObject({ type: "PRODUCT_CREATED", payload: { product_id: product.id, stock: 30 } });
  expect((await rest.call("GET", `/api/products/${product.id}`)).body).toEqual(product);

  const commits = rest.commits();
  const path = `/api/products/${product.id}`;
  const changed = await rest.call("PATCH", path, {
    token: seller.token,
    body: { price: 500, photo_url: "https://x.test/a.jpg" },
  });
  expect(changed.body).toEqual({ ...product, price: 500, photo_url: "https://x.test/a.jpg" });
  expect(await lastEvent()).toMatchObject({ type: "PRODUCT_UPDATED", payload: { price: 500 } });
  const bare = await rest.call("PATCH", path, { token: seller.token, body: { photo_url: null } });
  expect(bare.body["photo_url"]).toBeNull();

  expect((await rest.call("DELETE", path, { token: seller.token })).status).toBe(204);
  expect(await lastEvent()).toMatchObject({ type: "PRODUCT_DELETED", metadata: { action: "product_deleted" } });
  expect(rest.commits()).toBe(commits + 3);
  expect((await rest.call("GET", path)).status).toBe(404);
  expect((await rest.call("DELETE", path, { token: seller.token })).status).toBe(404);
  const { body } = await rest.call<Page>("GET", `/api/products?seller_id=${seller.user.seller_id}`);
  expect(body.products.map(({ id }) => id)).not.toContain(product.id);
});

test("the event tells of low stock when a change crosses the threshold, and only then", async () => {
  const product = await rest.product(seller, { stock: 10, low_stock_threshold: 5 });
  const setStock = async (stock: number) => {
    await rest.call("PATCH", `/api/products/${product.id}`, { token: seller.token, body: { stock } });
    return (await lastEvent()).payload;
  };
  expect(await setStock(6)).not.toHaveProperty("low_stock");
  expect(await setStock(5)).toMatchObject({ low_stock: [{ product_id: product.id, stock: 5, threshold: 5 }] });
  expect(await setStock(3)).not.toHaveProperty("low_stock");
  expect(await setStock(20)).not.toHaveProperty("low_stock");
});

test("of changes at once one crosses the threshold, and tells so", async () => {
  const { id } = await rest.product(seller, { stock: 10, low_stock_threshold: 5 });
  const holder = await rest.pool.connect();
  await holder.query("begin");
  await holder.query("select from products where id = $1 for update", [id]);
  const change = { token: seller.token, body: { stock: 3 } };
  const changes = [1, 2, 3].map(() => rest.call("PATCH", `/api/products/${id}`, change));
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await waitUntil("all three wait for the row", async () => {
    // Within a transaction the activity is seen as it was at first, unless one asks for it anew.
    await holder.query("select pg_stat_clear_snapshot()");
    return (await holder.query(waiting)).rowCount === 3;
  });
  await holder.query("rollback");
  holder.release();
  await Promise.all(changes);
  const told = "select from outbox_pending where payload ->> 'product_id' = $1 and payload ? 'low_stock'";
  expect((await rest.pool.query(told, [id])).rowCount).toBe(1);
});

describe("the list", () => {
  test("is searched regardless of case and accents, and filtered", async () => {
    const other = await rest.seller();
    const tuna = await rest.product(other, { name: "Atún 100% fresco", category: "túnidos" });
    await rest.product(other, { name: "Pulpo", category: "moluscos" });
    const found = async (query: string) =>
      (await rest.call<Page>("GET", `/api/products?seller_id=${other.user.seller_id}&${query}`)).body.products.map(
        ({ name }) => name,
      );
    expect(await found("search=ATUN")).toEqual([tuna.name]);
    expect(await found("search=tunidos")).toEqual([tuna.name]);
    expect(await found(`search=${encodeURIComponent("0%")}`)).toEqual([tuna.name]);
    expect(await found("search=_")).toEqual([]);
    expect(await found("category=moluscos")).toEqual(["Pulpo"]);
  });

  test("comes newest first, in pages that neither repeat nor leave out, also where ids get a digit more", async () => {
    const other = await rest.seller();
    await rest.pool.query("alter table products alter column id restart with 998");
    const offered: string[] = [];
    for (let i = 0; i < 5; i++) offered.unshift((await rest.product(other)).id);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const { body } = await rest.call<Page>("GET", `/api/products?seller_id=${other.user.seller_id}&limit=2${query}`);
      seen.push(...body.products.map(({ id }) => id));
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(offered);
  });
});

test("nobody but its shop changes a product", async () => {
  const product = await rest.product(seller);
  const stranger = await rest.seller();
  const client = await rest.client();
  const admin = await rest.admin();
  const path = `/api/products/${product.id}`;
  const before = await rest.digest();
  for (const method of ["PATCH", "DELETE"]) {
    const body = method === "PATCH" ? { body: { price: 1 } } : {};
    expect((await rest.call(method, path, { token: stranger.token, ...body })).status).toBe(404);
    expect((await rest.call(method, path, { token: client.token, ...body })).status).toBe(403);
    expect((await rest.call(method, path, { token: admin.token, ...body })).status).toBe(403);
    expect((await rest.call(method, path, body)).status).toBe(401);
  }
  expect(await rest.digest()).toBe(before);
});

test.each([
  [{ price: 0 }, "price"],
  [{ price: 1.5 }, "price"],
  [{ stock: -1 }, "stock"],
  [{ unit: "tonelada" }, "unit"],
  [{ iva_bp: 1200 }, "iva_bp"],
  [{ name: "   " }, "name"],
  [{ name: "a\u0000b" }, "name"],
  [{ photo_url: "javascript:alert(1)" }, "photo_url"],
  [{}, ""],
])("a change to %p is refused and named", async (changes, path) => {
  const product = await rest.product(seller);
  const { status, body } = await rest.call("PATCH", `/api/products/${product.id}`, {
    token: seller.token,
    body: changes,
  });
  expect([status, body]).toMatchObject([400, { code: "INVALID_INPUT", errors: [{ path }] }]);
});

test("id, owner and time cannot be set", async () => {
  const product = await rest.product(seller, { id: "999", seller_id: "1234" });
  expect(product).toMatchObject({ seller_id: seller.user.seller_id ?? "" });
  expect(product.id).not.toBe("999");
});
