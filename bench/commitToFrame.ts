import { startChild } from "./support/child.ts";
import { createBenchDatabase } from "./support/database.ts";
import { CLIENTS, fillMarketplace, PRODUCTS_PER_SELLER, SELLERS } from "./support/fillMarketplace.ts";
import { percentiles } from "./support/percentiles.ts";
import { tokenFor } from "./support/principals.ts";
import { printSetUp } from "./support/setUp.ts";

/** How long an order takes from its transaction to the frames of all that hear of it, stage by stage. */
const SOCKETS = 1_000;
const ADMINS = 100;
const ORDERS_PER_SECOND = 50;
const SECONDS = 20;
const BUYERS = 50;

type Latencies = Record<string, { count: number; p50: number; p99: number }>;

const redisUrl = process.env["REDIS_URL"];
const database = await createBenchDatabase();
const server = startChild("chainServer.ts", database.url, ...(redisUrl === undefined ? [] : [redisUrl]));
const clients = startChild("frameClients.ts");

async function placeOrders(rest: string): Promise<void> {
  const buyers = await Promise.all(
    Array.from({ length: BUYERS }, (_, index) => tokenFor("CLIENT", String(1 + SELLERS + (index % CLIENTS)))),
  );
  const place = async (number: number) => {
    const response = await fetch(`${rest}/api/orders`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
        authorization: `Bearer ${buyers[number % BUYERS]}`,
      },
      body: JSON.stringify({
        items: [{ product_id: String(1 + (number % (SELLERS * PRODUCTS_PER_SELLER))), quantity: 1 }],
      }),
    });
    if (response.status !== 201) throw new Error(`an order was refused: ${await response.text()}`);
    await response.body?.cancel();
  };
  const began = performance.now();
  const placed: Promise<void>[] = [];
  for (let number = 0; number < ORDERS_PER_SECOND * SECONDS; number += 1) {
    const early = began + (number * 1000) / ORDERS_PER_SECOND - performance.now();
    if (early > 1) await Bun.sleep(early);
    placed.push(place(number));
  }
  await Promise.all(placed);
}

printSetUp("From commit to frame (ms)", {
  load: `${ORDERS_PER_SECOND} orders/s over HTTP for ${SECONDS} s, one seller each`,
  sockets: `${SOCKETS}: ${ADMINS} administrators, the rest spread over ${SELLERS} sellers`,
  processes: "rest_service and realtime_service in one; all sockets in one; the load in one; PostgreSQL",
  broker: redisUrl === undefined ? "in memory (set REDIS_URL for Redis)" : "Redis",
  postgresql: database.version,
});
try {
  const urls = await server.ask<{ rest: string; sockets: string }>("urls");
  await database.query(fillMarketplace(0));
  await database.query("update products set stock = 1000000");
  const tokens = Array.from({ length: SOCKETS }, (_, index) => {
    const seller = String(1 + (index % SELLERS));
    return index < ADMINS ? tokenFor("ADMIN", "1") : tokenFor("SELLER", seller, seller);
  });
  await clients.ask("connect", { url: urls.sockets, tokens: await Promise.all(tokens) });
  await placeOrders(urls.rest);
  await Bun.sleep(1_000);

  const log = await database.query(`
    select seq::int, extract(epoch from at)::float8 * 1000 as written, extract(epoch from sequenced_at)::float8 * 1000 as sequenced
    from event_log where type = 'ORDER_CREATED'`);
  const events = log.map((row) => ({
    seq: Number(row["seq"]),
    written: Number(row["written"]),
    sequenced: Number(row["sequenced"]),
  }));
  const published = new Map(await server.ask<[number, number][]>("published"));
  const stage = (label: string, sample: readonly number[]) =>
    report(label, { count: sample.length, ...percentiles(sample) });
  const since = (key: "written" | "published") =>
    Object.fromEntries(
      events.map(({ seq, written }) => [seq, key === "written" ? written : (published.get(seq) ?? Number.NaN)]),
    );

  console.log("| stage | of | p50 | p99 |\n|---|---|---|---|");
  stage(
    "written in its transaction → sequenced",
    events.map(({ written, sequenced }) => sequenced - written),
  );
  stage(
    "sequenced → published",
    events.map(({ seq, sequenced }) => (published.get(seq) ?? Number.NaN) - sequenced),
  );
  for (const [from, label] of [
    ["published", "published → frame"],
    ["written", "written → frame"],
  ] as const) {
    for (const [type, latency] of Object.entries(await clients.ask<Latencies>("latencies", since(from)))) {
      report(`${label}, ${type}`, latency);
    }
  }
} finally {
  await Promise.all([server.stop(), clients.stop()]);
  await database.drop();
}
process.exit(0);

function report(label: string, { count, p50, p99 }: { count: number; p50: number; p99: number }): void {
  console.log(`| ${label} | ${count} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`);
}
