import { afterAll, beforeAll, expect, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import { RestConfig, startRestService } from "@espigon/rest_service";
import { createLogger, type Service, signAccessToken } from "@espigon/service_kit";
import { until } from "../../../tests/faults/support/until.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/testDatabase.ts";
import { ReportConfig, startReportService } from "../src/index.ts";
import { ADMIN_CLIENTS, ADMIN_DASHBOARD, ADMIN_SALES, BEST_PRODUCTS, SELLER_DASHBOARD } from "./documents.ts";

const JWT_SECRET = "a-secret-for-tests-of-more-than-32-bytes";
const broker = memoryBroker();
const logger = createLogger("test", "silent");
let database: TestDatabase;
let rest: Service;
let report: Service;
beforeAll(async () => {
  database = await createTestDatabase();
  const common = { PORT: "0", HOST: "127.0.0.1", JWT_SECRET };
  rest = await startRestService(RestConfig.parse({ ...common, DATABASE_URL: database.url }), { broker, logger });
  // As long as a read may take on a loaded machine.
  const settings = { ...common, REST_SERVICE_URL: rest.url, REST_TIMEOUT_MS: "30000" };
  report = await startReportService(ReportConfig.parse(settings), { broker, logger });
});
afterAll(async () => {
  await report.stop();
  await rest.stop();
  await broker.close();
  await database.drop();
});

type Json = Record<string, unknown>;

async function call(method: string, path: string, body: Json, token?: string, key?: string): Promise<Json> {
  const response = await fetch(`${rest.url}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Json;
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Registers somebody and logs them in. */
async function register(name: string, seller?: Json): Promise<{ token: string; seller_id: string }> {
  const account = { email: `${name}@espigon.test`, password: "a long enough one", name };
  await call("POST", "/api/auth/register", { ...account, ...(seller ? { seller } : {}) });
  const { access_token, user } = await call("POST", "/api/auth/login", account);
  return { token: String(access_token), seller_id: String((user as Json)["seller_id"]) };
}

async function ask(query: string, token: string, floor: number, variables: Json = {}): Promise<Json> {
  const response = await fetch(`${report.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}`, "x-min-seq": String(floor) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Json | null; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return Object.values(data ?? {})[0] as Json;
}

/** The seq of the log once it holds this many entries more. */
async function sequenced(least: number): Promise<number> {
  await until(`seq ${least} is in the log`, async () => (await broker.lastSeq()) >= least);
  return broker.lastSeq();
}

test("from a placed and paid order to every figure of the dashboards", async () => {
  const seller = await register("shop", { name: "El Pescador" });
  const client = await register("ana");
  const product = await call(
    "POST",
    "/api/products",
    { name: "Corvina", category: "pescado", unit: "libra", price: 450, stock: 50, iva_bp: 0, low_stock_threshold: 48 },
    seller.token,
  );
  const item = { product_id: product["id"], quantity: 3 };
  const placed = await call("POST", "/api/orders", { items: [item] }, client.token, crypto.randomUUID());
  const [order] = placed["orders"] as [{ id: number }];
  const beforePayment = await sequenced(4);
  expect(await ask(SELLER_DASHBOARD, seller.token, beforePayment)).toMatchObject({
    sellerId: seller.seller_id,
    orders: 1,
    netSales: "0",
    lowStock: 1,
    ordersByStatus: [{ status: "pending_payment", count: 1 }],
  });

  await call("POST", `/api/orders/${order.id}/verify-payment`, { approved: true }, seller.token);
  const seq = await sequenced(beforePayment + 1);
  expect(await ask(SELLER_DASHBOARD, seller.token, seq, { period: { preset: "TODAY" } })).toMatchObject({
    orders: 1,
    paidOrders: 1,
    netSales: "1350",
    averageTicket: "1350",
    unitsSold: 3,
    ordersByStatus: [{ status: "payment_confirmed", count: 1 }],
    previous: { orders: 0, netSales: "0" },
    asOf: String(seq),
  });
  expect(await ask(BEST_PRODUCTS, seller.token, seq)).toMatchObject({
    products: [{ productId: product["id"], name: "Corvina", unit: "libra", units: 3, netSales: "1350" }],
  });

  const admin = await signAccessToken(JWT_SECRET, {
    user_id: "1",
    role: "ADMIN",
    expires_at: Math.floor(Date.now() / 1000) + 600,
  });
  expect(await ask(ADMIN_DASHBOARD, admin, seq)).toMatchObject({
    orders: 1,
    netSales: "1350",
    activeSellers: 1,
    newClients: 1,
    topSellers: [{ sellerId: seller.seller_id, name: "El Pescador", orders: 1, netSales: "1350" }],
  });
  expect(await ask(ADMIN_SALES, admin, seq, { granularity: "MONTH" })).toMatchObject({ totals: { netSales: "1350" } });
  expect(await ask(ADMIN_CLIENTS, admin, seq)).toMatchObject({
    totalClients: 1,
    newClients: 1,
    activeClients: 1,
    returningClients: 0,
    topClients: [{ name: "ana", orders: 1, netSales: "1350" }],
  });
  const year = { from: "2026-01-01", to: "2026-12-31" };
  expect(await ask(ADMIN_SALES, admin, seq, { period: year })).toMatchObject({ granularity: "DAY" });
  for (const period of [
    { from: "2000-01-01", to: "2000-12-31" },
    { from: "2098-12-31", to: "2099-12-31" },
  ]) {
    expect(await ask(ADMIN_SALES, admin, seq, { period })).toMatchObject({ totals: { orders: 0 } });
    expect(await ask(SELLER_DASHBOARD, seller.token, seq, { period })).toMatchObject({ previous: { orders: 0 } });
  }
});
