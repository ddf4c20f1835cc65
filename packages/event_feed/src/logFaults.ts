import type { Cluster, Redis } from "ioredis";
import type { FeedLogger } from "./FeedLogger.ts";
import { LastingRedis } from "./LastingRedis.ts";
import { createLogLimiter } from "./logLimiter.ts";

/**
 * Logs what goes wrong with a connection, the first time and then at most once a minute: why, and with whom, where ioredis
 * alone would leave it at "timed out": the master that the sentinels announce, the node of a cluster.
 */
export function logFaults(redis: Redis | Cluster, logger: FeedLogger | undefined, message: string): void {
  const limiter = createLogLimiter(logger);
  redis.on("error", (error: Error & { readonly lastNodeError?: Error }) => {
    const announced = redis instanceof LastingRedis ? redis.announced : undefined;
    limiter.warn(message, {
      error: (error.lastNodeError ?? error).message,
      ...(announced === undefined ? {} : { announced_master: announced }),
    });
  });
  // A cluster alone has these.
  redis.on("node error", (error: Error, node: string) => limiter.warn(message, { error: error.message, node }));
}
