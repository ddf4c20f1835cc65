import { expect, test } from "bun:test";
import { createServiceProcess, type ServiceProcess } from "../faults/cluster/ServiceProcess.ts";
import { until } from "../faults/support/until.ts";
import { freePort } from "../support/freePort.ts";
import { createTestDatabase } from "../support/testDatabase.ts";
import { redisServerPath, startRedis } from "../support/testRedis.ts";

const PASSWORD = "buena pesca";

async function post(node: ServiceProcess, path: string, body: object): Promise<number> {
  const answer = await fetch(`${node.url}/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer.status;
}

/** Ten wrong passwords of one account on the first node, then one on the second. */
async function guess(first: ServiceProcess, second: ServiceProcess): Promise<number> {
  const body = { email: `${crypto.randomUUID()}@espigon.test`, password: "mala pesca" };
  for (let i = 0; i < 10; i++) expect(await post(first, "login", body)).toBe(401);
  return post(second, "login", body);
}

test.skipIf(redisServerPath === undefined)(
  "wrong passwords count on all nodes together; without Redis logins go on, each node by its own count",
  async () => {
    await using parts = new AsyncDisposableStack();
    const database = await createTestDatabase();
    parts.defer(() => database.drop());
    const redis = await startRedis();
    parts.defer(() => redis.stop());
    const env = {
      JWT_SECRET: "s".repeat(32),
      HOST: "127.0.0.1",
      LOG_LEVEL: "fatal",
      REDIS_URL: redis.url,
      DATABASE_URL: database.url,
    };
    const start = async (name: string) => {
      const node = createServiceProcess({ service: "rest_service", name, port: await freePort(), env });
      parts.defer(async () => void (await node.end("SIGKILL")));
      await node.start();
      return node;
    };
    const [one, two] = [await start("one"), await start("two")];
    const known = { email: "ana@espigon.test", password: PASSWORD };
    expect(await post(one, "register", { ...known, name: "Ana" })).toBe(201);

    await until("both nodes reach Redis", async () => (await guess(one, two)) === 429);
    await redis.stop("SIGKILL");
    expect(await guess(one, two)).toBe(401);
    for (const node of [one, two]) expect(await post(node, "login", known)).toBe(200);
  },
  120_000,
);
