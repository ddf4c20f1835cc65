import { afterEach, beforeEach, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { freePortOffset, type Marketplace, startMarketplace, temporaryFolder } from "../support/startMarketplace.ts";

const Login = z.object({ access_token: z.string() });
const Products = z.object({ products: z.array(z.object({ id: z.string(), stock: z.int() })) });
const Placed = z.object({ orders: z.array(z.object({ id: z.int() })).length(1) });
const databaseTool = fileURLToPath(new URL("../../scripts/databaseTool.mjs", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const running: Marketplace[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, "data");
});
afterEach(async () => {
  for (const marketplace of running.splice(0)) await marketplace.stop();
  folder.remove();
});

async function start(): Promise<Marketplace> {
  const marketplace = await startMarketplace({ data, portOffset: await freePortOffset() });
  running.push(marketplace);
  return marketplace;
}

async function call<Schema extends z.ZodType>(
  url: string,
  schema: Schema,
  init: RequestInit,
): Promise<z.output<Schema>> {
  const response = await fetch(url, init);
  return schema.parse(await response.json());
}

async function logIn({ apiUrl }: Marketplace): Promise<Record<string, string>> {
  const { access_token } = await call(`${apiUrl}/api/auth/login`, Login, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "cliente1@espigon.test", password: "espigon-demo" }),
  });
  return { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
}

/** npm run stats:verify, without a DATABASE_URL. */
function verifyStatistics(folder: string) {
  const { DATABASE_URL: _, ...env } = process.env;
  return spawnSync("node", [databaseTool, "backend/rest_service/src/cli/statsVerify.ts", "--data", folder], {
    cwd: root,
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
}

/** kill -9 of everything at once: npm, program and database. */
function killAll(marketplace: Marketplace): void {
  const { pid } = z.object({ pid: z.int() }).parse(JSON.parse(readFileSync(join(data, "lock"), "utf8")));
  const database = Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  for (const victim of [marketplace.pid, pid, database]) process.kill(victim, "SIGKILL");
}

test("kill -9 of everything loses no acknowledged order, and the statistics stay what the orders say", async () => {
  const first = await start();
  const headers = await logIn(first);
  const { products } = await call(`${first.apiUrl}/api/products`, Products, {});
  const product = products.find((item) => item.stock > 20);
  const acknowledged: number[] = [];
  for (let count = 0; count < 10; count += 1) {
    const { orders } = await call(`${first.apiUrl}/api/orders`, Placed, {
      method: "POST",
      headers: { ...headers, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify({ items: [{ product_id: product?.id, quantity: 1 }] }),
    });
    acknowledged.push(...orders.map((order) => order.id));
  }
  killAll(first);

  const second = await start();
  const again = await logIn(second);
  for (const id of acknowledged) {
    expect((await fetch(`${second.apiUrl}/api/orders/${id}`, { headers: again })).status).toBe(200);
  }
  const verify = verifyStatistics(data);
  expect(verify.stderr).toBe("");
  expect(verify.status).toBe(0);
});

test("an administration program says where it looked for a marketplace", () => {
  const { status, stderr } = verifyStatistics(data);
  expect([status, stderr]).toEqual([1, expect.stringContaining(`no npm start runs on ${data}`)]);
});
