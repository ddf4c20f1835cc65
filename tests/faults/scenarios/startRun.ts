import { seededRandom } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import type { FaultDatabase } from "../cluster/FaultDatabase.ts";
import { type Cluster, type ClusterOptions, startCluster } from "../cluster/startCluster.ts";
import { type BulkLane, createBulkLane } from "../model/createBulkLane.ts";
import { createModelClient, type ModelClient } from "../model/createModelClient.ts";
import { createWorkload, noPromises, type Promises, type Workload } from "../model/createWorkload.ts";
import { directOrders } from "../model/directOrders.ts";
import { createWorld, type World } from "../model/World.ts";
import { createOracle, type Oracle } from "../oracle/createOracle.ts";
import type { Verdict } from "../oracle/Verdict.ts";

/** A cluster with people on it, and somebody who judges. */
export type Run = {
  readonly cluster: Cluster;
  readonly world: World;
  readonly clients: readonly ModelClient[];
  readonly workload: Workload;
  /** Does nothing unless the run was given a rate for it. */
  readonly bulk: BulkLane;
  readonly promises: Promises;
  readonly oracle: Oracle;
  /** Heals, pauses all who act, and lets every shop get an order: milliseconds from the healing until every screen is fresh. */
  readonly recover: () => Promise<number | undefined>;
  /** Pauses all who act, waits until all is fresh, and judges; with `database: false` not what is compared in SQL. */
  readonly judge: (how?: { readonly database: boolean }) => Promise<Verdict>;
  readonly stop: () => Promise<void>;
};

export type RunOptions = {
  readonly seed: number;
  readonly database: FaultDatabase;
  readonly startRedis?: ClusterOptions["startRedis"];
  /** How many events Redis keeps. */
  readonly window?: number;
  readonly tokenLifeS?: number;
  readonly heartbeatMs?: number;
  /** Written in bulk, besides what is done over HTTP. */
  readonly eventsPerSecond?: number;
};

const SHOPS = 2;
const BULK_SHOPS = 2;
const BUYERS = 2;
/** A link that fails again and again is tried after 16 s at the latest, a read after 30 s. */
const FRESH_MS = 40_000;

/** Starts a cluster, registers people, opens their screens and waits until all are fresh. Owns the database. */
export async function startRun(options: RunOptions): Promise<Run> {
  const { seed, database, window, heartbeatMs } = options;
  const random = seededRandom(seed);
  const clients: ModelClient[] = [];
  const closers: (() => Promise<void>)[] = [() => database.stop()];
  const stop = async () => {
    for (const client of clients) client.close();
    for (const close of closers.toReversed()) await close();
  };
  try {
    const cluster = await startCluster({
      database,
      startRedis: options.startRedis,
      random,
      ...(window === undefined ? {} : { window }),
      ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    });
    closers.push(() => cluster.stop());
    const { eventsPerSecond = 0 } = options;
    const bulkShops = eventsPerSecond > 0 ? BULK_SHOPS : 0;
    const world = await createWorld(cluster, { shops: SHOPS + bulkShops, bulkShops, clients: BUYERS });
    const people = [
      { name: "admin a", person: world.admin },
      { name: "admin b", person: world.admin },
      ...world.shops.map((person) => ({ name: `seller ${person.sellerId}`, person })),
      ...world.clients.map((person) => ({ name: `client ${person.principal.user_id}`, person })),
    ];
    for (const { name, person } of people) {
      const chance = seededRandom(seed + clients.length + 1);
      const uniform = () => chance.next(1_000_000) / 1_000_000;
      const tokenLifeS = options.tokenLifeS ?? 900;
      clients.push(await createModelClient({ cluster, person, name, random: uniform, tokenLifeS }));
    }
    const name = `seed-${seed}`;
    const promises = noPromises();
    const workload = createWorkload({ cluster, world, random, promises, name });
    const { orders, stop: stopOrders } = directOrders(database);
    closers.push(stopOrders);
    const chance = seededRandom(seed);
    const bulk = createBulkLane({ orders, world, random: chance, promises, name, eventsPerSecond });
    const pause = () => Promise.all([bulk.pause(), workload.pause()]);
    const oracle = createOracle({ cluster, promises, clients });
    await oracle.whenFresh(FRESH_MS);
    return {
      cluster,
      world,
      clients,
      workload,
      bulk,
      promises,
      oracle,
      async recover() {
        await cluster.heal();
        const began = performance.now();
        await pause();
        await workload.placeEverywhere();
        const fresh = await oracle.whenFresh(FRESH_MS);
        return fresh === undefined ? undefined : performance.now() - began;
      },
      async judge(how = { database: true }) {
        await pause();
        await oracle.whenFresh(FRESH_MS);
        return oracle.examine(how);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
