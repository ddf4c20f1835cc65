import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import type { Service } from "@espigon/service_kit";
import { RestConfig } from "./config.ts";
import { inSnapshot } from "./infrastructure/persistence/inSnapshot.ts";
import { verifyStatistics } from "./infrastructure/sequencer/verifyStatistics.ts";
import { startRestService } from "./startRestService.ts";
import { silentLogger } from "./testing/silentLogger.ts";
import { createTestMarketplace, type TestMarketplace } from "./testing/testMarketplace.ts";
import { waitUntil } from "./testing/waitUntil.ts";

setDefaultTimeout(60_000);

const broker = memoryBroker();
let database: TestMarketplace;
let service: Service;
let seller: Login;
let client: Login;

type Login = { token: string; seller_id: string };

beforeAll(async () => {
  database = await createTestMarketplace();
  const config = { PORT: 0, HOST: "127.0.0.1", DATABASE_URL: database.url, JWT_SECRET: "s".repeat(32) };
  service = await startRestService(RestConfig.parse(config), { broker, logger: silentLogger });
  seller = await register("rosa", { seller: { name: "Mariscos Rosa" } });
  client = await register("luis", {});
});
afterAll(async () => {
  await service.stop();
  await broker.close();
  await database.close();
});

test("what client and seller do over HTTP moves the figures, which stay what the orders say", async () => {
  const product = { name: "Albacora", category: "pescado", unit: "libra", price: 450, stock: 100, iva_bp: 0 };
  const { id: product_id } = await call<{ id: string }>(seller, "POST", "/api/products", product);
  const [paid = 0, cancelled = 0, waiting = 0] = await Promise.all(
    [3, 2, 1].map((quantity) => order(product_id, quantity)),
  );

  await call(seller, "POST", `/api/orders/${paid}/verify-payment`, { approved: true });
  await call(seller, "POST", `/api/orders/${cancelled}/verify-payment`, { approved: true });
  await call(seller, "PATCH", `/api/orders/${paid}/status`, { status: "preparing" });
  await call(seller, "PATCH", `/api/orders/${paid}/status`, { status: "ready_for_pickup" });
  await call(seller, "POST", `/api/orders/${paid}/deliver`, {});
  await call(seller, "PATCH", `/api/orders/${cancelled}/status`, { status: "cancelled", reason: "sin hielo" });
  await call(client, "PATCH", `/api/orders/${waiting}/status`, { status: "cancelled", reason: "ya no" });

  await waitUntil("all is numbered and published", async () => {
    const { rows } = await database.pool.query<{ pending: number; seq: number }>(
      "select (select count(*) from outbox_pending) as pending, seq from event_head",
    );
    return rows[0]?.pending === 0 && rows[0].seq === (await broker.lastSeq());
  });

  const { rows } = await database.pool.query<{ day: string }>("select business_day(now()) as day");
  const day = rows[0]?.day ?? "";
  const path = `/internal/stats/sellers/${seller.seller_id}/days?from=${day}&to=${day}`;
  expect(await call<object>(seller, "GET", path)).toMatchObject({
    as_of: await broker.lastSeq(),
    days: [{ day, orders: 3, paid_orders: 1, net_sales: 1350, units: 3, cancelled: 2 }],
    status_days: [
      { day, status: "cancelled", orders: 2 },
      { day, status: "delivered", orders: 1 },
    ],
    pending_verification: { count: 0, oldest_at: null },
  });
  expect(await inSnapshot(database.pool, verifyStatistics)).toMatchObject({ pending: 0, differences: [] });
});

async function register(name: string, more: object): Promise<Login> {
  const body = { email: `${name}@espigon.test`, password: "a long enough one", name, ...more };
  const { access_token, user } = await call<{ access_token: string; user: { seller_id: string | null } }>(
    undefined,
    "POST",
    "/api/auth/register",
    body,
  );
  return { token: access_token, seller_id: user.seller_id ?? "" };
}

async function order(product_id: string, quantity: number): Promise<number> {
  const { orders } = await call<{ orders: { id: number }[] }>(client, "POST", "/api/orders", {
    items: [{ product_id, quantity }],
  });
  return orders[0]?.id ?? 0;
}

async function call<Answer>(who: Login | undefined, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      ...(who === undefined ? {} : { authorization: `Bearer ${who.token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}
