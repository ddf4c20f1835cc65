import { EVENTS_STREAM } from "@espigon/event_contracts";
import { Redis } from "ioredis";
import { cutReplication, type RedisProcess } from "../../support/redisProcess.ts";
import { MASTER_NAME, startRedisWithSentinels } from "../../support/redisWithSentinels.ts";
import { until } from "../support/until.ts";
import type { FaultRedis } from "./FaultRedis.ts";

/** A sentinel that was itself held up trusts no clock for 30 s. */
const TAKE_OVER_MS = 60_000;
/** A master that wakes up is made a replica by the sentinels only when it has claimed for some 10 s to be master. */
const WHOLE_MS = 60_000;
const LAST_EVENT = ["XREVRANGE", EVENTS_STREAM, "+", "-", "COUNT", "1"] as const;

/** A master, its replica and three sentinels. Who is master, they say; nobody else here makes one. */
export async function redisWithReplica(): Promise<FaultRedis> {
  const redis = await startRedisWithSentinels();
  const servers = new Map([redis.master, redis.replica].map((server) => [server.port, server]));
  const ended = new Set<number>();
  let frozen: RedisProcess | undefined;

  const roles = async (): Promise<{ master: RedisProcess; replica: RedisProcess }> => {
    const port = await redis.masterPort();
    const replica = servers.values().find((server) => server.port !== port);
    const master = servers.get(port ?? 0);
    if (master === undefined || replica === undefined) throw new Error(`the sentinels name nobody: ${port}`);
    return { master, replica };
  };
  const kill = async (server: RedisProcess) => {
    await server.kill();
    ended.add(server.port);
  };
  const startAgain = async (port: number, masterPort?: number) => {
    servers.set(port, await redis.startAgain(port, masterPort));
    ended.delete(port);
  };
  /** From when this resolves the master has events that its replica will not get. Somebody has to write meanwhile. */
  const runAhead = async (master: RedisProcess, replica: RedisProcess) => {
    const client = new Redis({ port: master.port });
    try {
      await client.ping();
      await cutReplication(master, replica);
      const differ = async () => {
        const [one, other] = await Promise.all([client.call(...LAST_EVENT), replica.call(...LAST_EVENT)]);
        return JSON.stringify(one) !== JSON.stringify(other);
      };
      await until("the master has events that its replica lacks", differ);
    } finally {
      client.disconnect();
    }
  };

  return {
    servers: [...servers.keys()],
    sentinels: redis.sentinels.map(({ port }) => port),
    url: (by) =>
      `redis+sentinel://${redis.sentinels.map(({ port }) => `127.0.0.1:${by(port)}`).join(",")}/${MASTER_NAME}`,
    call: async (command, ...args) => (await roles()).master.call(command, ...args),
    async restart() {
      const { master, replica } = await roles();
      await Promise.all([kill(replica), kill(master)]);
      await startAgain(master.port);
      await startAgain(replica.port, master.port);
    },
    async failOver(how) {
      const { master, replica } = await roles();
      if (how === "killed ahead") await runAhead(master, replica);
      if (how === "frozen") {
        frozen = master;
        process.kill(master.pid, "SIGSTOP");
      } else {
        await kill(master);
      }
      const isMaster = async () =>
        (await redis.masterPort()) === replica.port &&
        String(await replica.call("INFO", "replication")).includes("role:master");
      await until("the replica has taken over", isMaster, TAKE_OVER_MS);
    },
    async heal() {
      if (frozen !== undefined) process.kill(frozen.pid, "SIGCONT");
      frozen = undefined;
      for (const port of ended) {
        const masterPort = await redis.masterPort();
        await startAgain(port, masterPort === port ? undefined : masterPort);
      }
      // A master that is made a replica cuts its connections.
      await until("a master and its replica are there", () => redis.isWhole().catch(() => false), WHOLE_MS);
    },
    stop: redis.stop,
  };
}
