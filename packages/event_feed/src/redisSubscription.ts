import type { BrokerListener, Unsubscribe } from "./Broker.ts";
import { isPattern, redisPattern } from "./channelName.ts";
import { connectForListening } from "./connectRedis.ts";
import type { FeedLogger } from "./FeedLogger.ts";
import { logFaults } from "./logFaults.ts";
import type { RedisPlace } from "./redisPlace.ts";

/** A silent connection is asked for a sign of life this often, in milliseconds. */
const PING_EVERY_MS = 5000;

export type RedisSubscriptionOptions = RedisPlace & {
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
  const redis = connectForListening(options);

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
  logFaults(redis, options.logger, "redis subscription failed");
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
