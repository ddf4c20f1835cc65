import { requireRedis } from "../../scripts/testing/requireRedis.ts";
import { createServiceProcess, type ServiceProcess } from "../../tests/faults/cluster/ServiceProcess.ts";
import { until } from "../../tests/faults/support/until.ts";
import { freePort } from "../../tests/support/freePort.ts";
import { JWT_SECRET } from "./principals.ts";

/** A realtime node in a process of its own, ready, on a Redis of its own. */
export type RealtimeNode = {
  readonly node: ServiceProcess;
  readonly redisUrl: string;
  readonly stop: () => Promise<void>;
};

export async function startRealtimeNode(env: Readonly<Record<string, string>> = {}): Promise<RealtimeNode> {
  await requireRedis();
  const { startRedis } = await import("../../tests/support/testRedis.ts");
  const redis = await startRedis();
  const node = createServiceProcess({
    service: "realtime_service",
    name: "realtime_service",
    port: await freePort(),
    env: { JWT_SECRET, HOST: "127.0.0.1", LOG_LEVEL: "error", REDIS_URL: redis.url, ...env },
  });
  await node.start();
  await until("the node is ready", async () => (await fetch(`${node.url}/readyz`)).ok);
  return {
    node,
    redisUrl: redis.url,
    async stop() {
      await node.end("SIGKILL");
      await redis.stop("SIGKILL");
    },
  };
}
