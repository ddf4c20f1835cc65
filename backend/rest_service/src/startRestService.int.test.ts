import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import type { Service } from "@espigon/service_kit";
import pg from "pg";
import type { z } from "zod";
import { statusOfRaw } from "../../../tests/support/statusOfRaw.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/testDatabase.ts";
import { noSharedAttempts, type SharedAttempts } from "./application/SharedAttempts.ts";
import { RestConfig } from "./config.ts";
import { startRestService } from "./startRestService.ts";
import { silentLogger } from "./testing/silentLogger.ts";
import { waitUntil } from "./testing/waitUntil.ts";

setDefaultTimeout(60_000);

const broker = memoryBroker();
let database: TestDatabase;
let raw: z.input<typeof RestConfig>;
let config: RestConfig;
let service: Service;

beforeAll(async () => {
  database = await createTestDatabase();
  raw = { PORT: 0, HOST: "127.0.0.1", DATABASE_URL: database.url, JWT_SECRET: "s".repeat(32) };
  config = RestConfig.parse(raw);
  service = await startRestService(config, { broker, logger: silentLogger });
});
afterAll(async () => {
  await service.stop();
  await broker.close();
  await database.drop();
});

test("a service that listens is alive, ready and measured", async () => {
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${service.url}/readyz`)).json()).toEqual({ status: "ready", waiting_for: [] });
  await waitUntil("it leads", async () => (await metric("espigon_sequencer_leader")) === 1);
  expect(await metric("espigon_outbox_lag_seconds")).toBe(0);
});

test("what is committed over HTTP reaches the broker with its number", async () => {
  const response = await fetch(`${service.url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ana@espigon.test", password: "a long enough one", name: "Ana" }),
  });
  expect(response.status).toBe(201);
  await waitUntil("it is published", async () => (await broker.lastSeq()) === 1);
  const [entry] = await broker.readAfter(0, 1);
  expect(entry?.notifications.map(({ type }) => type)).toEqual(["CLIENT_REGISTERED", "ADMIN_STATS_UPDATED"]);
});

test("an unknown path is refused as a problem document", async () => {
  const response = await fetch(`${service.url}/nowhere`);
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toStartWith("application/problem+json");
});

test("a request that names no host is refused", async () => {
  expect(await statusOfRaw(service.url, "GET /api/products HTTP/1.0\r\n\r\n")).toBe(400);
});

test("failed logins are counted for whom a trusted proxy names, and for nobody that a client names itself", async () => {
  const start = (settings: object) =>
    startRestService(RestConfig.parse({ ...raw, ...settings }), {
      broker: memoryBroker(),
      attempts: attemptsWithOthers(),
      logger: silentLogger,
    });
  const [direct, behindProxy] = [await start({}), await start({ TRUSTED_PROXIES: "127.0.0.1" })];
  const failFrom = async (url: string, forwarded: string, number: number) => {
    const response = await fetch(`${url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": forwarded },
      body: JSON.stringify({ email: `nobody${number}@espigon.test`, password: "not the password" }),
    });
    return response.status;
  };
  try {
    for (const { url } of [direct, behindProxy]) {
      for (const number of [99, 100]) expect(await failFrom(url, "1.1.1.1, 203.0.113.1", number)).toBe(401);
    }
    expect(await failFrom(behindProxy.url, "2.2.2.2, 203.0.113.1", 101)).toBe(429);
    expect(await failFrom(behindProxy.url, "203.0.113.2", 101)).toBe(401);
    expect(await failFrom(direct.url, "203.0.113.2", 101)).toBe(429);
  } finally {
    await Promise.all([direct, behindProxy].map((each) => each.stop()));
  }
});

/** The count of all nodes, where others have had 98 failures of every address: each costs a hash. */
function attemptsWithOthers(): SharedAttempts {
  const counts = new Map<string, number>();
  return {
    ...noSharedAttempts,
    async take(key, { limit, windowMs }) {
      const count = counts.get(key) ?? (key.startsWith("logins of an address:") ? 98 : 0);
      if (count >= limit) return windowMs;
      counts.set(key, count + 1);
      return 0;
    },
  };
}

test("a port that is taken refuses the start and leaves nothing open", async () => {
  const taken = { ...config, PORT: Number(new URL(service.url).port) };
  const started = startRestService(taken, { broker: memoryBroker(), logger: silentLogger });
  expect(await started.catch((error: NodeJS.ErrnoException) => error.code)).toBe("EADDRINUSE");
  await waitUntil("only one sequencer is left", async () => (await sessions("espigon sequencer")) === 1);
});

test("a service that stops answers what is under way, frees the leadership and may be stopped twice", async () => {
  const other = await startRestService(config, { broker, logger: silentLogger });
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query("begin");
  await holder.query("lock table products");
  const answers = Array.from({ length: 5 }, () => fetch(`${service.url}/api/products`));
  const waiting = () => sessions("espigon rest_service", "wait_event_type = 'Lock'");
  await waitUntil("all are under way", async () => (await waiting()) === answers.length);
  const stopped = Promise.all([service.stop(), service.stop()]);
  await holder.end();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200));
  await stopped;
  expect(await fetch(`${service.url}/healthz`).catch(() => "refused")).toBe("refused");
  service = other;
  await waitUntil("the other leads", async () => (await metric("espigon_sequencer_leader")) === 1);
});

async function metric(name: string): Promise<number | undefined> {
  const text = await (await fetch(`${service.url}/metrics`)).text();
  const line = text.split("\n").find((line) => line.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.split(" ")[1]);
}

/** How many of these sessions the database has, under a condition. */
async function sessions(applicationName: string, condition = "true"): Promise<number> {
  const client = new Bun.SQL(database.url);
  try {
    const [row] = await client`select count(*)::int as count from pg_stat_activity
      where application_name = ${applicationName} and datname = current_database() and ${client.unsafe(condition)}`;
    return row.count;
  } finally {
    await client.close();
  }
}
