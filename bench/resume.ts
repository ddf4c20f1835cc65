import { parseArgs } from "node:util";
import { requireRedis } from "../scripts/testing/requireRedis.ts";
import { startChild } from "./support/child.ts";
import { epochNow } from "./support/epochNow.ts";
import { percentiles } from "./support/percentiles.ts";
import { printSetUp } from "./support/setUp.ts";

/** All sockets are at one of two realtime nodes; it is killed; they resume at the other. What that costs, and whom. */
const { values } = parseArgs({
  options: { sockets: { type: "string", default: "5000" }, "connects-per-second": { type: "string", default: "300" } },
});
const SOCKETS = Number(values.sockets);
const ORDERS = 20;
/** A backend tells the statistics of PostgreSQL what it did 10 s later at the latest. */
const SETTLE_MS = 11_000;

await requireRedis();
// Not before Redis is known: the support of the tests reads its path when it is loaded.
const { ownDatabase } = await import("../tests/faults/cluster/FaultDatabase.ts");
const { JWT_SECRET, startCluster } = await import("../tests/faults/cluster/startCluster.ts");
const { createWorld } = await import("../tests/faults/model/World.ts");
const { createWorkload, noPromises } = await import("../tests/faults/model/createWorkload.ts");
const { seededRandom } = await import("../backend/rest_service/src/testing/seededRandom.ts");

const database = await ownDatabase();
const random = seededRandom(1);
const cluster = await startCluster({
  database,
  random,
  heartbeatMs: 15_000,
  realtimeEnv: {
    MAX_SOCKETS_PER_ADDRESS: String(2 * SOCKETS),
    CONNECTS_PER_SECOND: values["connects-per-second"],
  },
});
const clients = startChild("resumingClients.ts");

/** Transactions of the services, reads of what a login is made of, and commands of Redis, so far. */
async function counts(): Promise<Record<"transactions" | "loginReads" | "commands" | "scripts", number>> {
  await Bun.sleep(SETTLE_MS);
  const [row] = await cluster.query(`select
    (select xact_commit + xact_rollback from pg_stat_database where datname = current_database())::int as transactions,
    (select sum(seq_scan + coalesce(idx_scan, 0)) from pg_stat_user_tables
      where relname in ('users', 'sessions', 'refresh_tokens', 'sellers'))::int as logins`);
  const info = String(await cluster.redis.call("INFO", "all"));
  const commands = Number(/total_commands_processed:(\d+)/.exec(info)?.[1]);
  const scripts = Number(/cmdstat_eval:calls=(\d+)/.exec(info)?.[1] ?? 0);
  return { transactions: Number(row?.["transactions"]), loginReads: Number(row?.["logins"]), commands, scripts };
}

printSetUp("Resume after kill -9 of a realtime node", {
  sockets: `${SOCKETS} at one node of two, each with the client of the browser, of ${SOCKETS} people of two shops`,
  admission: `${values["connects-per-second"]} new sockets a second and node (CONNECTS_PER_SECOND)`,
  meanwhile: `${ORDERS} orders of both shops, of which everybody is to hear`,
  processes: "2 rest_service, 2 realtime_service, 2 report_service, PostgreSQL, Redis; all sockets in one more",
});
try {
  const world = await createWorld(cluster, { shops: 2, bulkShops: 0, clients: 1 });
  const workload = createWorkload({ cluster, world, random, promises: noPromises(), name: "resume" });
  const ports = cluster.realtime.map(({ port }) => port);
  const sellers = world.shops.map(({ sellerId }) => sellerId);
  const live = await clients.ask<number>("connect", { ports, sellers, count: SOCKETS, secret: JWT_SECRET });
  if (live !== SOCKETS) throw new Error(`only ${live} sockets are live`);

  const before = await counts();
  const since = epochNow();
  await cluster.realtime[0]?.end("SIGKILL");
  const calm = await resumed(since, {});
  const after = await counts();
  const seconds = (epochNow() - since) / 1_000;
  // The same time without a storm: sequencers, health checks and heartbeats have their own.
  await Bun.sleep(seconds * 1_000 - SETTLE_MS);
  const idle = await counts();

  await cluster.heal();
  const again = epochNow();
  await cluster.realtime[1]?.end("SIGKILL");
  for (let placed = 0; placed < ORDERS; placed += 1) await workload.placeEverywhere();
  const heads = await cluster.query("select seller_id::text, max(seq)::int as seq from event_log group by seller_id");
  const busy = await resumed(
    again,
    Object.fromEntries(heads.map((one) => [String(one["seller_id"]), Number(one["seq"])])),
  );

  console.log("| | nothing happens | 20 orders meanwhile |\n|---|---|---|");
  const row = (name: string, one: number | string, other: number | string) =>
    console.log(`| ${name} | ${one} | ${other} |`);
  const time = (share: "p50" | "p95") =>
    [calm, busy].map(({ ms }) => Math.round(percentiles(ms)[share])) as [number, number];
  row("live again", calm.ms.length, busy.ms.length);
  row("have heard of the last order", "", busy.told);
  row("p50 to live, ms", ...time("p50"));
  row("p95 to live, ms", ...time("p95"));
  row("last one live, ms", Math.round(Math.max(...calm.ms)), Math.round(Math.max(...busy.ms)));
  row("attempts a socket", (calm.dials / SOCKETS).toFixed(2), ((busy.dials - calm.dials) / SOCKETS).toFixed(2));
  row("reads of users, sessions, tokens and sellers in PostgreSQL", after.loginReads - before.loginReads, "");
  row(
    "transactions in PostgreSQL, and without a storm",
    after.transactions - before.transactions,
    idle.transactions - after.transactions,
  );
  row("Redis scripts, and without a storm", after.scripts - before.scripts, idle.scripts - after.scripts);
  row(
    "Redis commands with those inside of scripts, and without a storm",
    after.commands - before.commands,
    idle.commands - after.commands,
  );
} finally {
  await clients.stop();
  await cluster.stop();
  await database.stop();
}
process.exit(0);

function resumed(since: number, heads: Record<string, number>) {
  return clients.ask<{ told: number; ms: number[]; dials: number }>("resumed", { since, heads });
}
