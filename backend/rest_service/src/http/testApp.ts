import { setDefaultTimeout } from "bun:test";
import { createLogger } from "@espigon/service_kit";
import type pg from "pg";
import { createTestDatabase } from "../../../../tests/support/testDatabase.ts";
import type { Order } from "../domain/Order.ts";
import type { Product } from "../domain/Product.ts";
import type { User } from "../domain/User.ts";
import { createPool } from "../infrastructure/persistence/createPool.ts";
import { migrate } from "../infrastructure/persistence/migrate.ts";
import { createStatisticsReader } from "../infrastructure/persistence/statisticsReader.ts";
import { type App, createApp } from "./createApp.ts";

// Hashing and migrating are slow where many tests share two cores.
setDefaultTimeout(60_000);

export const TEST_SECRET = "a secret for tests, of at least 32 bytes";
export const TEST_ORIGIN = "http://localhost:5173";

type Answer<Body = Record<string, unknown>> = { status: number; body: Body; headers: Headers };
export type Account = { readonly email: string; readonly token: string; readonly user: User; readonly cookie: string };
export type OrderAnswer = Order & { room: { name: string; token: string } };

type CallOptions = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** The REST interface over a database of its own, and the steps that most tests begin with. */
export type TestApp = {
  readonly app: App;
  readonly pool: pg.Pool;
  /** How often a commit was announced. */
  readonly commits: () => number;
  call<Body = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>;
  client(): Promise<Account>;
  seller(): Promise<Account>;
  admin(): Promise<Account>;
  product(seller: Account, details?: Partial<Product>): Promise<Product>;
  checkout(client: Account, items: readonly { product_id: string; quantity: number }[]): Promise<OrderAnswer[]>;
  /** A checkout that may be refused. Default: with a key of its own. */
  tryCheckout(token: string, body: unknown, key?: string): Promise<Answer<{ orders: OrderAnswer[] }>>;
  stockOf(productId: string): Promise<number>;
  /** Everything that events, orders, accounts and stock consist of: two equal digests mean that nothing changed. */
  digest(): Promise<string>;
  close(): Promise<void>;
};

const PASSWORD = "buena pesca";

export async function createTestApp(options: { now?: () => Date } = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const logger = createLogger("rest_service test", "silent");
  const pool = createPool({ url: database.url, applicationName: "rest test", logger, max: 10 });
  await migrate(pool);
  let commits = 0;
  let accounts = 0;
  const app = createApp({
    pool,
    logger,
    config: { JWT_SECRET: TEST_SECRET, JWT_COMPAT: false, CORS_ORIGINS: [TEST_ORIGIN], COOKIE_SECURE: false },
    statistics: createStatisticsReader(pool),
    committed: () => {
      commits += 1;
    },
    ...options,
  });

  const call: TestApp["call"] = async (method, path, { token, body, headers } = {}) => {
    const response = await app.fetch(
      new Request(`http://rest.test${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  };

  const tryCheckout: TestApp["tryCheckout"] = (token, body, key = crypto.randomUUID()) =>
    call("POST", "/api/orders", { token, body, headers: { "idempotency-key": key } });

  type SessionBody = { access_token: string; user: User };

  function accountOf(email: string, { status, body, headers }: Answer<SessionBody>): Account {
    if (status >= 300) throw new Error(`no account: ${JSON.stringify(body)}`);
    return { email, token: body.access_token, user: body.user, cookie: cookieOf(headers) };
  }

  async function register(shop?: { name: string }): Promise<Account> {
    accounts += 1;
    const email = `person${accounts}@espigon.test`;
    const body = { email, password: PASSWORD, name: `Person ${accounts}`, seller: shop };
    return accountOf(email, await call<SessionBody>("POST", "/api/auth/register", { body }));
  }

  return {
    app,
    pool,
    commits: () => commits,
    call,
    client: () => register(),
    seller: () => register({ name: `Shop ${accounts}` }),
    async admin() {
      const { email, user } = await register();
      await pool.query("update users set role = 'ADMIN' where id = $1", [user.id]);
      const body = { email, password: PASSWORD };
      return accountOf(email, await call<SessionBody>("POST", "/api/auth/login", { body }));
    },
    async product(seller, details = {}) {
      const answer = await call<Product>("POST", "/api/products", {
        token: seller.token,
        body: { name: "Dorado", category: "pescado", unit: "libra", price: 450, stock: 1000, ...details },
      });
      if (answer.status !== 201) throw new Error(`no product: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async checkout(client, items) {
      const answer = await tryCheckout(client.token, { items });
      if (answer.status !== 201) throw new Error(`no order: ${JSON.stringify(answer.body)}`);
      return answer.body.orders;
    },
    tryCheckout,
    async stockOf(productId) {
      return Number((await call("GET", `/api/products/${productId}`)).body["stock"]);
    },
    async digest() {
      const { rows } = await pool.query<{ digest: string }>(DIGEST);
      return rows[0]?.digest ?? "";
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

export function cookieOf(headers: Headers): string {
  return headers.get("set-cookie")?.split(";")[0] ?? "";
}

const TABLES = [
  "users",
  "sellers",
  "sessions",
  "refresh_tokens",
  "products",
  "orders",
  "order_items",
  "order_history",
  "idempotency_keys",
  "outbox_pending",
  "event_log",
];
const DIGEST = `select md5(concat(${TABLES.map(
  (table) => `(select string_agg(t::text, '|' order by t::text) from ${table} t)`,
).join(", '#', ")})) as digest`;
