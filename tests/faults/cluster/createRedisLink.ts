import type { Filter } from "../proxy/createPipe.ts";
import { portFilter } from "../proxy/portFilter.ts";
import type { FaultProxy, FaultProxyOptions } from "../proxy/startFaultProxy.ts";
import type { FaultRedis } from "./FaultRedis.ts";

/** What can be done to the way from a node to something that it needs. Mended with the whole cluster. */
export type Link = Pick<FaultProxy, "set" | "cut" | "down">;

/** A node's way to Redis: what is done to it is done to the ways to each server and sentinel. */
export type RedisLink = Link & {
  /** For `REDIS_URL`. */
  readonly url: string;
};

/**
 * A proxy for each server and each sentinel. What the sentinels name are the proxies of this node, so that it finds its
 * master as anywhere else, and by no way past the faults.
 */
export async function createRedisLink(
  redis: FaultRedis,
  startProxy: (options: Pick<FaultProxyOptions, "upstreams" | "filter">) => Promise<FaultProxy>,
  /** For what the servers send. */
  filter?: () => Filter,
): Promise<RedisLink> {
  const ports = new Map<number, number>();
  const proxies: FaultProxy[] = [];
  const open = async (port: number, seenBy: (() => Filter) | undefined) => {
    const proxy = await startProxy({ upstreams: () => [port], ...(seenBy === undefined ? {} : { filter: seenBy }) });
    proxies.push(proxy);
    ports.set(port, proxy.port);
  };
  for (const port of redis.servers) await open(port, filter);
  for (const port of redis.sentinels) await open(port, () => portFilter(ports));
  return {
    url: redis.url((port) => ports.get(port) ?? port),
    set: (toxics) => proxies.forEach((proxy) => proxy.set(toxics)),
    cut: (how) => proxies.forEach((proxy) => proxy.cut(how)),
    down: () => proxies.forEach((proxy) => proxy.down()),
  };
}
