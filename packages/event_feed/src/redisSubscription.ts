import { Redis } from "ioredis";
import type { BrokerListener, Unsubscribe } from "./Broker.ts";
import { isPattern, redisPattern } from "./channelName.ts";
import type { FeedLogger } from "./FeedLogger.ts";
import { createLogLimiter } from "./logLimiter.ts";

/** A Redis that does not answer within this time is taken for lost, in milliseconds. */
export const REDIS_TIMEOUT_MS = 2000;

/** A silent connection is asked for a sign of life this often, in milliseconds. */
const PING_EVERY_MS = 5000;

/** Wait before attempt `times`, in milliseconds: quick at first, since every restart misses messages. */
export function reconnectDelay(times: number): number {
  return Math.min(50 * times, 500);
}

export type RedisSubscriptionOptions = {
  readonly url: string;
  readonly password?: string;
  readonly logger?: FeedLogger;
  readonly channels: readonly string[];
  readonly listener: BrokerListener;
};

/**
 * One connection that only listens. It subscribes anew after each reconnect, tells `onUp` once the server has confirmed
 * all channels, and drops a connection whose PING is not answered within 2 s.
 */
export function subscribeToRedis(options: RedisSubscriptionOptions): Unsubscribe {
  const { listener } = options;
  const names = options.channels.filter((name) => !isPattern(name));
  const patterns = options.channels.filter(isPattern).map(redisPattern);
  let state: "down" | "up" | "ended" = "down";
  const redis = new Redis(options.url, {
    ...(options.password === undefined ? {} : { password: options.password }),
    autoResubscribe: false,
    commandTimeout: REDIS_TIMEOUT_MS,
    socketTimeout: REDIS_TIMEOUT_MS,
    connectTimeout: REDIS_TIMEOUT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: reconnectDelay,
  });

  const down = () => {
    if (state !== "up") return;
    state = "down";
    listener.onDown();
  };
  const drop = () => {
    down();
    if (state !== "ended") redis.disconnect(true);
  };
  const subscribe = async () => {
    if (names.length > 0) await redis.subscribe(...names);
    if (patterns.length > 0) await redis.psubscribe(...patterns);
    if (state !== "down") return;
    state = "up";
    listener.onUp();
  };

  redis.on("ready", () => void subscribe().catch(drop));
  redis.on("close", down);
  const limiter = createLogLimiter(options.logger);
  redis.on("error", (error: Error) => limiter.warn("redis subscription failed", { error: error.message }));
  redis.on("message", (channel: string, payload: string) => {
    if (state !== "ended") listener.onMessage(channel, payload);
  });
  redis.on("pmessage", (_pattern: string, channel: string, payload: string) => {
    if (state !== "ended") listener.onMessage(channel, payload);
  });
  const pinging = setInterval(() => {
    if (state === "up") redis.ping().catch(drop);
  }, PING_EVERY_MS);

  return () => {
    state = "ended";
    clearInterval(pinging);
    redis.disconnect();
  };
}
