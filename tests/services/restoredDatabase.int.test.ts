import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { FLOOR_HEADER } from "@espigon/event_contracts";
import { createRealtimeClient, type RealtimeEvent } from "@espigon/realtime_client";
import { signAccessToken } from "@espigon/service_kit";
import { Redis } from "ioredis";
import pg from "pg";
import { z } from "zod";
import { until } from "../faults/support/until.ts";
import { redisServerPath } from "../support/testRedis.ts";
import { type Nodes, startNodes } from "./startNodes.ts";

const JWT_SECRET = "the secret of a marketplace that is restored";
const PASSWORD = "una clave muy larga";
const Session = z.object({ access_token: z.string(), user: z.object({ id: z.string() }) });
const Answer = z.object({
  data: z.object({ adminClients: z.object({ totalClients: z.int(), asOf: z.coerce.number() }) }),
});

describe.skipIf(redisServerPath === undefined)("a database that is restored from a backup", () => {
  let nodes: Nodes;
  beforeAll(async () => {
    nodes = await startNodes({ JWT_SECRET });
  }, 60_000);
  afterAll(() => nodes.stop(), 30_000);

  test("makes nodes, caches and clients begin anew with its numbers, as soon as Redis has forgotten the old ones", async () => {
    const admin = await createAdmin();
    const events: RealtimeEvent[] = [];
    const client = createRealtimeClient({
      url: `${nodes.realtime.url.replace("http", "ws")}/ws`,
      getToken: () => signAccessToken(JWT_SECRET, { user_id: admin.id, role: "ADMIN", expires_at: inSeconds(900) }),
      random: () => 0,
    });
    client.subscribe((event) => events.push(event));
    client.connect();
    const heard = (seq: number) =>
      events.some((event) => event.kind === "notification" && event.notification.seq === seq);
    try {
      await until("the client is live", async () => client.state().status === "live");
      await register(3);
      await withoutServices((server) => server.query(`create database ${backup()} template ${name()}`));
      await register(5);
      await until("the last event is heard", async () => heard(9));
      expect(await figures(admin.email, 9)).toEqual({ totalClients: 9, asOf: 9 });

      events.length = 0;
      await withoutServices(async (server) => {
        await server.query(`drop database ${name()} with (force)`);
        await server.query(`alter database ${backup()} rename to ${name()}`);
      });
      await register(1);
      await until("the publisher sees that Redis tells something else", isForeign);
      expect(events.filter(({ kind }) => kind === "notification")).toEqual([]);

      const redis = new Redis(nodes.redisUrl);
      await redis.del("events:log");
      redis.disconnect();
      await until("the client hears that the numbers have begun anew", async () =>
        events.some((event) => event.kind === "resync" && event.reason === "unknown_seq" && event.seq === 5),
      );
      await until("the publisher goes on", async () => !(await isForeign()));
      await register(1);
      await until("the next event is heard", async () => heard(6));
      await until(
        "the clients are told once more, for what a report node may still have kept",
        async () => events.filter((event) => event.kind === "resync" && event.reason === "unknown_seq").length === 2,
      );
      expect(await figures(admin.email, 6)).toEqual({ totalClients: 6, asOf: 6 });
      expect(await figures(admin.email, 0)).toEqual({ totalClients: 6, asOf: 6 });
    } finally {
      client.close();
    }
  }, 120_000);

  const name = () => new URL(nodes.databaseUrl).pathname.slice(1);
  const backup = () => `${name()}_backup`;
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  /** Does something to the database that takes it alone: meanwhile PostgreSQL is out of reach of the services. */
  async function withoutServices(work: (server: pg.Client) => Promise<unknown>): Promise<void> {
    const url = new URL(nodes.databaseUrl);
    url.pathname = "/postgres";
    const server = new pg.Client({ connectionString: url.href });
    await server.connect();
    try {
      nodes.toPostgres.down();
      await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name()]);
      await until("the database is free", async () => {
        const { rowCount } = await server.query("select 1 from pg_stat_activity where datname = $1", [name()]);
        return rowCount === 0;
      });
      await work(server);
    } finally {
      await server.end();
      nodes.toPostgres.heal();
    }
    await until("the rest service is ready", async () => (await fetch(`${nodes.rest.url}/readyz`)).ok);
  }

  let accounts = 0;
  async function register(count: number): Promise<z.infer<typeof Session> | undefined> {
    let session: z.infer<typeof Session> | undefined;
    for (let made = 0; made < count; made += 1) {
      accounts += 1;
      const account = { name: "Rosa", email: `rosa${accounts}@espigon.test`, password: PASSWORD };
      session = Session.parse(await post("/api/auth/register", account));
    }
    return session;
  }

  async function createAdmin(): Promise<{ id: string; email: string }> {
    const id = (await register(1))?.user.id ?? "";
    const database = new pg.Client({ connectionString: nodes.databaseUrl });
    await database.connect();
    await database.query("update users set role = 'ADMIN' where id = $1", [id]);
    await database.end();
    return { id, email: `rosa${accounts}@espigon.test` };
  }

  async function post(path: string, body: object): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${nodes.rest.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return response.json();
  }

  /** What an administrator is shown who has logged in anew: tokens of before the restart are doubtful. */
  async function figures(email: string, floor: number) {
    let found: z.infer<typeof Answer> | undefined;
    await until("the figures are shown", async () => {
      const { access_token } = Session.parse(await post("/api/auth/login", { email, password: PASSWORD }));
      const response = await fetch(`${nodes.report.url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${access_token}`,
          [FLOOR_HEADER]: String(floor),
        },
        body: JSON.stringify({ query: "{ adminClients { totalClients asOf } }" }),
      });
      found = Answer.safeParse(await response.json()).data;
      return found !== undefined;
    });
    return found?.data.adminClients;
  }

  async function isForeign(): Promise<boolean> {
    const metrics = await (await fetch(`${nodes.rest.url}/metrics`)).text();
    return /^espigon_broker_foreign 1$/m.test(metrics);
  }
});
