import { memoryBroker } from "@espigon/event_feed";
import { ReportConfig, startReportService } from "@espigon/report_service";
import { RestConfig, startRestService } from "@espigon/rest_service";
import { createLogger, signAccessToken } from "@espigon/service_kit";
import pg from "pg";
import { createTestDatabase } from "../support/testDatabase.ts";

const JWT_SECRET = "a secret for tests, of more than 32 bytes";
const PASSWORD = "buena pesca";

/** What only the own seller, the own client and administrators may ever read. */
export const CANARY = "canary-of-the-own-seller-and-client";

/** Everybody whom the isolation of tenants tells apart; the last two hold tokens of the own seller that are worth nothing. */
export const VIEWERS = [
  "anonymous",
  "admin",
  "own seller",
  "other seller",
  "own client",
  "other client",
  "expired token",
  "ended session",
] as const;
export type Viewer = (typeof VIEWERS)[number];

export type Answer = { readonly status: number; readonly text: string; readonly body: Record<string, unknown> };
export type World = Awaited<ReturnType<typeof startWorld>>;

type Account = { readonly token: string; readonly id: string; readonly sellerId: string; readonly email: string };

/** rest_service and report_service over HTTP on a real database, with two sellers, two clients and an administrator. */
export async function startWorld() {
  const database = await createTestDatabase();
  const broker = memoryBroker();
  const logger = createLogger("test", "silent");
  const shared = { PORT: "0", HOST: "127.0.0.1", JWT_SECRET, LOG_LEVEL: "silent" };
  const rest = await startRestService(RestConfig.parse({ ...shared, DATABASE_URL: database.url }), { broker, logger });
  const report = await startReportService(ReportConfig.parse({ ...shared, REST_SERVICE_URL: rest.url }), {
    broker,
    logger,
  });

  async function request(base: string, method: string, path: string, token?: string, body?: unknown, key?: string) {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        accept: "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    const answer: Answer = { status: response.status, text, body: json ? JSON.parse(text) : {} };
    return answer;
  }
  const must = (answer: Answer): Record<string, unknown> => {
    if (answer.status >= 300) throw new Error(`refused: ${answer.text}`);
    return answer.body;
  };
  const accountOf = (email: string, body: Record<string, unknown>): Account => {
    const user = body["user"] as { id: string; seller_id: string | null };
    return { token: String(body["access_token"]), id: user.id, sellerId: user.seller_id ?? "", email };
  };
  let people = 0;
  async function register(shop?: string): Promise<Account> {
    people += 1;
    const email = `person${people}@espigon.test`;
    const seller = shop === undefined ? {} : { seller: { name: shop } };
    const body = { email, password: PASSWORD, name: `Person ${people}`, ...seller };
    return accountOf(email, must(await request(rest.url, "POST", "/api/auth/register", undefined, body)));
  }
  const login = async (email: string) =>
    accountOf(
      email,
      must(await request(rest.url, "POST", "/api/auth/login", undefined, { email, password: PASSWORD })),
    );

  const [seller, otherSeller] = [await register("Puesto uno"), await register("Puesto dos")];
  const [client, otherClient] = [await register(), await register()];
  const future = await register();
  const db = new pg.Client({ connectionString: database.url });
  await db.connect();
  await db.query("update users set role = 'ADMIN' where id = $1", [future.id]);
  const admin = await login(future.email);
  const ended = await login(seller.email);
  await request(rest.url, "POST", "/api/realtime/disconnect", admin.token, {
    user_id: seller.id,
    session_id: (JSON.parse(atob(ended.token.split(".")[1] ?? "")) as { sid: string }).sid,
  });
  const seconds = Math.floor(Date.now() / 1000);
  const tokens: Record<Viewer, string | undefined> = {
    anonymous: undefined,
    admin: admin.token,
    "own seller": seller.token,
    "other seller": otherSeller.token,
    "own client": client.token,
    "other client": otherClient.token,
    "expired token": await signAccessToken(JWT_SECRET, {
      user_id: seller.id,
      role: "SELLER",
      seller_id: seller.sellerId,
      issued_at: seconds - 4000,
      expires_at: seconds - 3000,
    }),
    "ended session": ended.token,
  };

  return {
    seller,
    otherSeller,
    client,
    otherClient,
    api: (method: string, path: string, viewer: Viewer, body?: unknown, key?: string) =>
      request(rest.url, method, path, tokens[viewer], body, key),
    graphql: (query: string, viewer: Viewer) => request(report.url, "POST", "/graphql", tokens[viewer], { query }),
    /** A product of the own seller. */
    async product(): Promise<string> {
      const body = { name: "Corvina", category: "pescado", unit: "libra", price: 450, stock: 100 };
      return String(must(await request(rest.url, "POST", "/api/products", seller.token, body))["id"]);
    },
    /** An order of the own client with the own seller, with the canary in its note; resolves to its id. */
    async order(): Promise<string> {
      const items = [{ product_id: await this.product(), quantity: 1 }];
      const key = crypto.randomUUID();
      const body = must(await request(rest.url, "POST", "/api/orders", client.token, { items, note: CANARY }, key));
      return String((body["orders"] as { id: number }[])[0]?.id);
    },
    /** Somebody else, whom no other test needs. */
    stranger: () => register(),
    async close(): Promise<void> {
      await db.end();
      await report.stop();
      await rest.stop();
      await broker.close();
      await database.drop();
    },
  };
}
