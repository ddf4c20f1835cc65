import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { signAccessToken } from "@espigon/service_kit";
import { type Account, createTestApp, TEST_SECRET, type TestApp } from "./testApp.ts";

let rest: TestApp;
let seller: Account;
let other: Account;
let client: Account;
let admin: Account;
beforeAll(async () => {
  rest = await createTestApp();
  [seller, other, client, admin] = [await rest.seller(), await rest.seller(), await rest.client(), await rest.admin()];
});
afterAll(() => rest.close());

const PERIOD = "from=2026-01-01&to=2026-01-31";

describe("who may read which statistics", () => {
  const ofSeller = ["days", "products"];
  const ofMarket = ["days", "sellers", "clients"];

  test("a seller its own, ADMIN those of all", async () => {
    for (const part of ofSeller) {
      const path = `/internal/stats/sellers/${seller.user.seller_id}/${part}?${PERIOD}`;
      const status = async (account?: Account) => (await rest.call("GET", path, { token: account?.token })).status;
      expect([part, await status(seller), await status(admin)]).toEqual([part, 200, 200]);
      expect([part, await status(other), await status(client), await status()]).toEqual([part, 404, 403, 401]);
    }
    for (const part of ofMarket) {
      const path = `/internal/stats/${part}?${PERIOD}`;
      const status = async (account?: Account) => (await rest.call("GET", path, { token: account?.token })).status;
      expect([part, await status(admin)]).toEqual([part, 200]);
      expect([part, await status(seller), await status(client), await status()]).toEqual([part, 403, 403, 401]);
    }
  });

  test("answers say how far they are complete", async () => {
    const { body } = await rest.call("GET", `/internal/stats/days?${PERIOD}`, { token: admin.token });
    expect(body).toEqual({
      as_of: 0,
      days: [],
      status_days: [],
      pending_verification: { count: 0, oldest_at: null },
    });
  });
});

test.each([
  "",
  "from=2026-01-01",
  "from=2026-02-01&to=2026-01-01",
  "from=2024-01-01&to=2026-01-01",
  "from=2026-02-30&to=2026-03-01",
  "from=2026-01-01&to=2026-01-02&part_until=yesterday",
  "from=2026-01-01&to=2026-01-02&part_until=9999-01-01T00:00:00Z",
])("a period of %p is refused", async (period) => {
  const { status, body } = await rest.call("GET", `/internal/stats/days?${period}`, { token: admin.token });
  expect([status, body["code"]]).toEqual([400, "INVALID_INPUT"]);
});

test("a part of a day comes with the days when it is asked for", async () => {
  const part_until = "2026-01-02T15:30:00Z";
  const sums = { day: "2026-01-02", orders: 0, paid_orders: 0, net_sales: 0, units: 0, cancelled: 0 };
  const days = await rest.call("GET", `/internal/stats/days?${PERIOD}&part_until=${part_until}`, {
    token: admin.token,
  });
  expect(days.body["part"]).toEqual({ ...sums, new_clients: 0 });
  const own = `/internal/stats/sellers/${seller.user.seller_id}/days?${PERIOD}&part_until=${part_until}`;
  expect((await rest.call("GET", own, { token: seller.token })).body["part"]).toEqual(sums);
});

describe("the event log", () => {
  test("is read by ADMIN alone, oldest first, in pages, by type", async () => {
    await rest.pool.query(`
      insert into event_log (seq, type, at, day, actor, seller_id, metadata, payload)
      select row_number() over (order by id), type, at, day, actor, seller_id, metadata, payload from outbox_pending`);
    type Page = { events: { seq: number; type: string }[]; next_cursor: number | null };
    const read = async (query: string) =>
      (await rest.call<Page>("GET", `/api/events?${query}`, { token: admin.token })).body;
    const all = await read("");
    expect(all.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(all.events[0]).toEqual({
      seq: 1,
      type: "SELLER_REGISTERED",
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      actor: { user_id: seller.user.id, role: "SELLER" },
      seller_id: seller.user.seller_id,
      metadata: {},
      payload: { user_id: seller.user.id, name: expect.any(String) },
    } as never);
    expect(all.next_cursor).toBeNull();
    expect(await read("limit=3")).toMatchObject({ next_cursor: 3 });
    expect((await read("after=3")).events.map(({ seq }) => seq)).toEqual([4]);
    expect((await read("type=CLIENT_REGISTERED")).events.map(({ seq }) => seq)).toEqual([3, 4]);
    for (const { token } of [seller, client])
      expect((await rest.call("GET", "/api/events", { token })).status).toBe(403);
  });
});

describe("tokens of other issuers of the secret", () => {
  const foreign = (user_id: string) =>
    signAccessToken(TEST_SECRET, { user_id, role: "CLIENT", expires_at: Math.floor(Date.now() / 1000) + 60 });

  test("may read, but an account that is not there cannot buy", async () => {
    const token = await foreign("999999");
    expect((await rest.call("GET", "/api/orders", { token })).body).toEqual({ orders: [], next_cursor: null });
    const { id: product_id } = await rest.product(seller);
    const options = { token, headers: { "idempotency-key": "k" }, body: { items: [{ product_id, quantity: 1 }] } };
    expect((await rest.call("POST", "/api/orders", options)).status).toBe(401);
  });

  test("with ids that no account here can have are refused", async () => {
    for (const id of ["abc", "0", "9999999999999999999"]) {
      expect((await rest.call("GET", "/api/orders", { token: await foreign(id) })).status).toBe(401);
    }
  });
});
