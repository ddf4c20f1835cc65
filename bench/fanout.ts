import { type Child, startChild } from "./support/child.ts";
import { percentiles } from "./support/percentiles.ts";
import { tokenFor } from "./support/principals.ts";
import { printSetUp } from "./support/setUp.ts";

/** What a delivered message and an idle socket cost in realtime_service, against the least this runtime can do. */
const SOCKETS = 500;
/** For the memory of one socket: so many are opened first, until all code and the heap are warm, then as many again. */
const IDLE_SOCKETS = 4_000;
const ROUNDS = 3;
const PACED = { count: 400, perSecond: 50 };
const WARM_UP = { count: 50, perSecond: 50 };
const BURST = { count: 400, perSecond: 2_000 };

const token = await tokenFor("ADMIN", "1");

type Costs = { readonly paced: number; readonly burst: number; readonly idle: number };

type Kind = "realtime" | "bare";
type Pair = {
  readonly server: Child;
  readonly connect: (count: number) => Promise<void>;
  readonly received: (wanted: number) => Promise<number>;
};

/** One server and its sockets, each in a process of its own that is new. */
async function withPair<Result>(kind: Kind, use: (pair: Pair) => Promise<Result>): Promise<Result> {
  const server = startChild("fanoutServer.ts", kind);
  const clients = startChild("fanoutClients.ts");
  try {
    const url = await server.ask<string>("url");
    return await use({
      server,
      connect: (count) => clients.ask("connect", { url, token, count }),
      received: (wanted) => clients.ask("received", wanted),
    });
  } finally {
    await Promise.all([server.stop(), clients.stop()]);
  }
}

/** CPU in µs per delivered message. */
function measureCpu(kind: Kind): Promise<Pick<Costs, "paced" | "burst">> {
  return withPair(kind, async ({ server, connect, received }) => {
    await connect(SOCKETS);
    const costOf = async (load: typeof PACED): Promise<number> => {
      await server.ask("emit", load);
      const delivered = await received(load.count * SOCKETS);
      return (await server.ask<number>("cpu")) / delivered;
    };
    await costOf(WARM_UP);
    return { paced: await costOf(PACED), burst: await costOf(BURST) };
  });
}

/** Memory in KB per socket that says and hears nothing but heartbeats. */
function measureIdle(kind: Kind): Promise<number> {
  return withPair(kind, async ({ server, connect }) => {
    await connect(IDLE_SOCKETS);
    const before = await server.ask<number>("memory");
    await connect(IDLE_SOCKETS);
    return ((await server.ask<number>("memory")) - before) / IDLE_SOCKETS / 1024;
  });
}

printSetUp("Fan-out: realtime_service against a bare Bun.serve publish", {
  sockets: `${SOCKETS}, all in one audience; servers and clients in processes of their own, one pair at a time`,
  load: `paced ${PACED.count} hints at ${PACED.perSecond}/s; burst ${BURST.count} at ${BURST.perSecond}/s; some 250 bytes each`,
  figure: `median of ${ROUNDS} rounds in turn; CPU of the server process only, per message that a client received`,
  memory: `growth of RSS from ${IDLE_SOCKETS} to twice as many sockets, without load, after garbage collection`,
});
const costs: Record<Kind, Costs[]> = { realtime: [], bare: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const kind of ["bare", "realtime"] as const) {
    costs[kind].push({ ...(await measureCpu(kind)), idle: await measureIdle(kind) });
  }
}
console.log("| figure | bare | realtime_service | ratio |\n|---|---|---|---|");
const rows = {
  paced: "CPU per message, paced (µs)",
  burst: "CPU per message, burst (µs)",
  idle: "RSS per idle socket (KB)",
};
for (const [figure, label] of Object.entries(rows) as [keyof Costs, string][]) {
  const [bare, realtime] = [costs.bare, costs.realtime].map((all) => percentiles(all.map((cost) => cost[figure])).p50);
  const cells = [bare, realtime, (realtime ?? 0) / (bare ?? 1)].map((value) => (value ?? 0).toFixed(2));
  console.log(`| ${label} | ${cells.join(" | ")} |`);
}
process.exit(0);
