import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { LocalCluster } from "../../scripts/cluster/startLocalCluster.ts";
import { until } from "../faults/support/until.ts";
import { type RedisWithSentinels, startRedisWithSentinels } from "../support/redisWithSentinels.ts";
import { createTraffic, type Traffic } from "./createTraffic.ts";
import { canRunCluster, startTestCluster } from "./startTestCluster.ts";

/** A sentinel that was itself held up trusts no clock for 30 s. */
const TAKE_OVER_MS = 60_000;
/** Whoever lost the link again and again until then waits up to 30 s before the next attempt. */
const HEARD_MS = 60_000;

describe.skipIf(!canRunCluster)("two nodes of every service on a Redis with sentinels", () => {
  let redis: RedisWithSentinels;
  let cluster: LocalCluster;
  let traffic: Traffic;
  beforeAll(async () => {
    redis = await startRedisWithSentinels();
    cluster = await startTestCluster({ redisUrl: redis.url });
    traffic = await createTraffic(cluster.url);
  }, 90_000);
  afterAll(async () => {
    traffic.stop();
    await cluster.stop();
    await redis.stop();
  }, 60_000);

  test("the master freezes, is replaced, and wakes up as one who believes to be master: nothing fails, nothing is lost", async () => {
    const { master, replica } = redis;
    process.kill(master.pid, "SIGSTOP");
    await until("the replica has taken over", async () => (await roleOf(replica)) === "master", TAKE_OVER_MS);
    await untilMoreOrders(50);
    const heard = () => traffic.unheard().every(({ orders }) => orders.length < 50);
    await until("all have heard of all so far", heard, HEARD_MS);
    process.kill(master.pid, "SIGCONT");
    await until("the old master follows", async () => (await roleOf(master)) === "slave", 60_000);
    await untilMoreOrders(50);
    expect(await traffic.settle()).toEqual({ failures: [], unheard: [], deaf: [] });
  }, 300_000);

  async function untilMoreOrders(count: number): Promise<void> {
    const before = traffic.placed.length;
    await until("people go on", () => traffic.placed.length >= before + count);
  }
});

async function roleOf(server: RedisWithSentinels["master"]): Promise<string> {
  // A master that is demoted cuts its connections.
  const [role] = (await server.call("ROLE").catch(() => ["unknown"])) as [string];
  return role;
}
