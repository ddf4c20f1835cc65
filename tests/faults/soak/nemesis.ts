import type { Random } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import type { Link } from "../cluster/createRedisLink.ts";
import type { Fate } from "../proxy/publishFilter.ts";
import type { Toxics } from "../proxy/Toxics.ts";
import type { Run } from "../scenarios/startRun.ts";

/** Does harm and returns; `recover` mends it. */
export type Fault = (run: Run, random: Random) => Promise<void>;

const HOLE: Toxics = { blackHole: true };

/** Everything that the nemesis can do, by name. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  "kill -9 a rest node": ({ cluster }, random) => end(random.pick(cluster.rest)),
  "kill -9 a realtime node": ({ cluster }, random) => end(random.pick(cluster.realtime)),
  "kill -9 a report node": ({ cluster }, random) => end(random.pick(cluster.report)),
  "kill -9 the leader": async ({ cluster }, random) => end((await cluster.leader()) ?? random.pick(cluster.rest)),
  "SIGTERM a realtime node": async ({ cluster }, random) => void (await random.pick(cluster.realtime).end("SIGTERM")),
  "freeze a rest node": async ({ cluster }, random) => random.pick(cluster.rest).freeze(),
  "freeze a realtime node": async ({ cluster }, random) => random.pick(cluster.realtime).freeze(),
  "restart Redis empty": ({ cluster }) => cluster.redis.restart(),
  FLUSHALL: async ({ cluster }) => void (await cluster.redis.call("FLUSHALL")),
  "Redis master killed, its replica takes over": async ({ cluster }) => cluster.redis.failOver?.("killed"),
  "Redis master killed with events that its replica lacks": async ({ cluster }) =>
    cluster.redis.failOver?.("killed ahead"),
  "Redis master frozen, replaced, and thawed": async ({ cluster }) => cluster.redis.failOver?.("frozen"),
  "Redis out of reach of one rest node": async ({ cluster }, random) => random.pick(cluster.links.restToRedis).down(),
  "Redis silent to one realtime node": async ({ cluster }, random) =>
    swallow(random.pick(cluster.links.realtimeToRedis)),
  "Redis silent to all rest nodes": async ({ cluster }) => cluster.links.restToRedis.forEach(swallow),
  "announcements dropped, doubled, reordered": async ({ cluster }, random) => {
    const choices: readonly Fate[] = ["pass", "drop", "double", "hold"];
    cluster.fate = () => random.pick(choices);
  },
  "kill -9 PostgreSQL": async ({ cluster }) => {
    await cluster.database.kill?.();
    await cluster.database.restart?.();
  },
  "PostgreSQL silent to one rest node": async ({ cluster }, random) =>
    swallow(random.pick(cluster.links.restToPostgres)),
  "connections to PostgreSQL reset": async ({ cluster }) =>
    cluster.links.restToPostgres.forEach((link) => link.cut("reset")),
  "half of the clients cut": async ({ clients }) =>
    clients.forEach(({ link }, index) => (index % 2 === 0 ? link.down() : undefined)),
  "a client half-open": async ({ clients }, random) => swallow(random.pick(clients).link),
  "frames cut in the middle": async ({ clients }, random) =>
    clients.forEach(({ link }) => link.set({ downstream: { limitBytes: 400 + random.next(3_000) } })),
  "frames byte by byte": async ({ clients }) =>
    clients.forEach(({ link }) => link.set({ upstream: { sliceBytes: 1 }, downstream: { sliceBytes: 1 } })),
  "slow and uneven links": async ({ clients }) =>
    clients.forEach(({ link }) => link.set({ downstream: { latencyMs: 300, jitterMs: 300, bytesPerSecond: 20_000 } })),
};

async function end(node: Run["cluster"]["rest"][number]): Promise<void> {
  await node.end("SIGKILL");
}

function swallow(link: Link): void {
  link.set({ upstream: HOLE, downstream: HOLE });
}
