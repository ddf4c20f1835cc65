import type { ConnectionOptions } from "node:tls";
import { Cluster, type Redis, type RedisOptions } from "ioredis";
import { LastingRedis } from "./LastingRedis.ts";
import { type RedisAddress, redisAddress, type RedisNode } from "./redisAddress.ts";
import type { RedisPlace } from "./redisPlace.ts";
import { SentinelsWithReasons } from "./SentinelsWithReasons.ts";

/** A Redis that does not answer within this time is taken for lost, in milliseconds. */
export const REDIS_TIMEOUT_MS = 2000;

/** Wait before attempt `times`, in milliseconds: quick at first, since every restart misses messages. */
function reconnectDelay(times: number): number {
  return Math.min(50 * times, 500);
}

const TIMEOUTS = {
  commandTimeout: REDIS_TIMEOUT_MS,
  socketTimeout: REDIS_TIMEOUT_MS,
  connectTimeout: REDIS_TIMEOUT_MS,
};

type Waiting = typeof TIMEOUTS & {
  readonly maxRetriesPerRequest: number | null;
  readonly autoResendUnfulfilledCommands?: boolean;
  readonly autoResubscribe?: boolean;
};

/** A command waits for one reconnect at most, and is never sent twice: its caller decides. */
const COMMANDS = { ...TIMEOUTS, maxRetriesPerRequest: 1, autoResendUnfulfilledCommands: false };

/**
 * A connection for commands; those on a key go to the master that has it. In a cluster one command may be tried on
 * several nodes, while it is being repaired for longer than `REDIS_TIMEOUT_MS`: the caller bounds its own wait.
 * @throws when the address is none.
 */
export function connectForCommands(place: RedisPlace): Redis | Cluster {
  const address = redisAddress(place.url);
  if (address.kind !== "cluster") return single(address, place, COMMANDS);
  return new Cluster([...address.nodes], {
    clusterRetryStrategy: reconnectDelay,
    // The node that took over is known sooner than by the default of 5 s.
    slotsRefreshInterval: 1000,
    redisOptions: { ...TIMEOUTS, ...access(address, place) },
    // By default a name becomes an address before it is connected to, and a certificate has the name.
    dnsLookup: (host, callback) => callback(null, host),
    natMap: place.nat ?? {},
  });
}

/**
 * A connection that only listens and never gives up. In a cluster, where every node hears every message, it is to one
 * of the nodes of the address, and to the next one after each loss.
 * @throws when the address is none.
 */
export function connectForListening(place: RedisPlace): Redis {
  const options = { ...TIMEOUTS, autoResubscribe: false, maxRetriesPerRequest: null };
  const address = redisAddress(place.url);
  if (address.kind !== "cluster") return single(address, place, options);
  let turn = Math.floor(Math.random() * address.nodes.length);
  const next = (): RedisNode | undefined => address.nodes[(turn += 1) % address.nodes.length];
  const redis = new LastingRedis({
    ...options,
    ...next(),
    ...access(address, place),
    retryStrategy(times) {
      Object.assign(redis.options, next());
      return reconnectDelay(times);
    },
  });
  return redis;
}

function single(address: Exclude<RedisAddress, { kind: "cluster" }>, place: RedisPlace, options: Waiting): Redis {
  const shared = {
    ...options,
    retryStrategy: reconnectDelay,
    // A master that has been made a replica: its successor is found by connecting anew.
    reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  };
  if (address.kind === "server") {
    return new LastingRedis({ ...shared, ...access({ ...address, credentials: {} }, place) }, address.url);
  }
  const { username: sentinelUsername, password: sentinelPassword } = address.sentinelCredentials;
  const redis: LastingRedis = new LastingRedis({
    ...shared,
    ...access(address, place),
    Connector: SentinelsWithReasons as RedisOptions["Connector"],
    sentinels: [...address.sentinels],
    name: address.master,
    // Leaves a master that was replaced while it can still be reached.
    failoverDetector: true,
    sentinelRetryStrategy: reconnectDelay,
    sentinelCommandTimeout: REDIS_TIMEOUT_MS,
    ...(address.tls ? { enableTLSForSentinelMode: true, sentinelTLS: verified(place) } : {}),
    ...(sentinelUsername === undefined ? {} : { sentinelUsername }),
    ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    natMap(announced) {
      // The sentinels' own addresses are asked for too, and the master's last.
      redis.announced = announced;
      return place.nat?.[announced] ?? null;
    },
  });
  return redis;
}

function access(
  { credentials, tls }: Pick<Exclude<RedisAddress, { kind: "server" }>, "credentials" | "tls">,
  place: RedisPlace,
): Pick<RedisOptions, "username" | "password" | "tls"> {
  const { password } = place;
  return { ...(password === undefined ? {} : { password }), ...credentials, ...(tls ? { tls: verified(place) } : {}) };
}

/** Whoever is spoken to has to prove who they are: there is no setting to do without. */
function verified({ tls }: RedisPlace): ConnectionOptions {
  return { ...tls, rejectUnauthorized: true };
}
