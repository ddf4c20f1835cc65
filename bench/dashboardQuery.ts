import { memoryBroker } from "@espigon/event_feed";
import { ReportConfig, startReportService } from "@espigon/report_service";
import { RestConfig, startRestService } from "@espigon/rest_service";
import { createLogger } from "@espigon/service_kit";
import { createBenchDatabase } from "./support/database.ts";
import { DAYS, fillMarketplace, SELLERS } from "./support/fillMarketplace.ts";
import { percentiles } from "./support/percentiles.ts";
import { JWT_SECRET, tokenFor } from "./support/principals.ts";
import { printSetUp } from "./support/setUp.ts";

/** How long a dashboard takes that no cache answers, at 10,000 and at 1,000,000 orders. */
const SIZES = [10_000, 1_000_000] as const;
const RUNS = 300;
const WARM_UP = 60;

const FIGURES = "orders paidOrders netSales averageTicket unitsSold cancelled";
const DASHBOARDS = {
  seller: `query ($from: Date, $to: Date) { sellerDashboardStats(period: {from: $from, to: $to}) {
    ${FIGURES} pendingVerification lowStock ordersByStatus { status count } series { day orders netSales }
    previous { ${FIGURES} } asOf } sellerBestProducts(period: {from: $from, to: $to}) { products { name netSales } asOf } }`,
  admin: `query ($from: Date, $to: Date) { adminDashboardStats(period: {from: $from, to: $to}) {
    ${FIGURES} activeSellers newClients pendingVerification ordersByStatus { status count }
    topSellers { name netSales } previous { ${FIGURES} newClients } asOf } }`,
} as const;
type Dashboard = keyof typeof DASHBOARDS;

type Chain = { ask(dashboard: Dashboard, run: number): Promise<number>; stop(): Promise<void> };

/** The whole chain over a database with so many orders. */
async function startChain(orders: number): Promise<Chain> {
  const database = await createBenchDatabase();
  const broker = memoryBroker();
  const logger = createLogger("bench", "silent");
  const common = { PORT: "0", HOST: "127.0.0.1", JWT_SECRET };
  const rest = await startRestService(RestConfig.parse({ ...common, DATABASE_URL: database.url }), { broker, logger });
  const report = await startReportService(ReportConfig.parse({ ...common, REST_SERVICE_URL: rest.url }), {
    broker,
    logger,
  });
  await database.query(fillMarketplace(orders));
  await database.query("vacuum analyze");
  await database.query("checkpoint");
  const tokens = { seller: await tokenFor("SELLER", "1", "1"), admin: await tokenFor("ADMIN", "1") };
  return {
    ask: (dashboard, run) => timeOf(dashboard, run, report.url, tokens[dashboard]),
    async stop() {
      await report.stop();
      await rest.stop();
      await broker.close();
      await database.drop();
    },
  };
}

/**
 * Milliseconds of one query. Each run has a period of its own, so that no two are alike within the cache's memory and
 * every query is a read; of each some 30 days have passed and today is one, so that its last day is compared by the
 * minute.
 */
async function timeOf(dashboard: Dashboard, run: number, url: string, token: string): Promise<number> {
  const dayBefore = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
  const ahead = run % 60;
  const length = 29 - Math.floor(run / 60);
  const began = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: DASHBOARDS[dashboard],
      variables: { from: dayBefore(length), to: dayBefore(-ahead) },
    }),
  });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return performance.now() - began;
}

printSetUp("Dashboard query, end to end without a cached answer (ms)", {
  chain:
    "client → report_service → rest_service → PostgreSQL, one query at a time, the two sizes in turn, one process but for PostgreSQL",
  data: `${SELLERS} sellers, ${DAYS} days; orders, items and rollups made by SQL; periods of which some 30 days have passed`,
  runs: `${RUNS} per cell after ${WARM_UP} to warm up`,
});
const chains: Chain[] = [];
for (const orders of SIZES) {
  console.log(`filling ${orders.toLocaleString("en")} orders …`);
  chains.push(await startChain(orders));
}
console.log("\n| dashboard | p50 at 10 k | p50 at 1 M | ratio | p99 at 10 k | p99 at 1 M |\n|---|---|---|---|---|---|");
for (const dashboard of ["seller", "admin"] as const) {
  const samples: number[][] = chains.map(() => []);
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    // In turn, so that whatever else the machine does burdens both alike.
    for (const [index, chain] of chains.entries()) {
      const milliseconds = await chain.ask(dashboard, run);
      if (run >= WARM_UP) samples[index]?.push(milliseconds);
    }
  }
  const [small, large] = samples.map(percentiles);
  if (small === undefined || large === undefined) continue;
  const cells = [small.p50, large.p50, large.p50 / small.p50, small.p99, large.p99].map((value) => value.toFixed(2));
  console.log(`| ${dashboard} | ${cells.join(" | ")} |`);
}
for (const chain of chains) await chain.stop();
process.exit(0);
