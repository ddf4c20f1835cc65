import { EVENTS_CHANNEL, EVENTS_STREAM } from "@espigon/event_contracts";
import { assertDense, LogGapError } from "./newEntries.ts";
import { APPEND_SCRIPT, GAP_REPLY } from "./appendScript.ts";
import type { Broker, LogEntry } from "./Broker.ts";
import type { FeedLogger } from "./FeedLogger.ts";
import { connectForCommands } from "./connectRedis.ts";
import { inTime } from "./inTime.ts";
import { decodeEntry, encodeNotifications } from "./logEntry.ts";
import { logFaults } from "./logFaults.ts";
import type { RedisPlace } from "./redisPlace.ts";
import { subscribeToRedis } from "./redisSubscription.ts";
import { DEFAULT_WINDOW } from "./window.ts";

export type RedisBrokerOptions = RedisPlace & {
  /** About how many entries the stream keeps. */
  readonly window?: number;
  readonly logger?: FeedLogger;
};

/**
 * The broker over Redis: stream `events:log` for the log, channel `events` for its announcements, both written by one
 * script, which names one key: in a cluster all goes to the master that has it, and every node tells every message.
 * One connection carries the commands; each `subscribe` has one of its own. While Redis is away, calls reject within
 * 2 s and subscriptions are down. After a failover the log may end earlier than what was appended: append it again.
 * @throws when the address is none; never because Redis is away.
 */
export function redisBroker(options: RedisBrokerOptions): Broker {
  const window = options.window ?? DEFAULT_WINDOW;
  const subscriptions = new Set<() => void>();
  const redis = connectForCommands(options);
  /**
   * It was empty when it was last looked at: only then may it begin with any seq. An append that has waited for a Redis
   * which came back empty is refused thereby, so that its writer looks again.
   */
  let mayBegin = true;
  const seen = (last: number): number => {
    mayBegin = last === 0;
    return last;
  };
  logFaults(redis, options.logger, "redis connection failed");

  return {
    async lastSeq() {
      try {
        return seen(lastGeneratedSeq(await inTime(redis.xinfo("STREAM", EVENTS_STREAM))));
      } catch (error) {
        if (isMissingKey(error)) return seen(0);
        throw error;
      }
    },
    async append(entries) {
      assertDense(entries);
      const args: (string | number)[] = [EVENTS_CHANNEL, window, mayBegin ? 1 : 0];
      for (const entry of entries) {
        const messages = encodeNotifications(entry);
        args.push(entry.seq, messages.length, ...messages);
      }
      const reply = String(await inTime(redis.eval(APPEND_SCRIPT, 1, EVENTS_STREAM, ...args)));
      if (reply.startsWith(GAP_REPLY)) throw new LogGapError(reply);
      return seen(Number(reply));
    },
    async readAfter(after, limit) {
      const rows = await inTime(redis.xrange(EVENTS_STREAM, `${after + 1}-0`, "+", "COUNT", limit));
      return rows
        .map(([id, fields]) => decodeRow(id, fields))
        .filter((entry): entry is LogEntry => entry !== undefined);
    },
    async publish(channel, payload) {
      await inTime(redis.publish(channel, payload));
    },
    subscribe(channels, listener) {
      const end = subscribeToRedis({ ...options, channels, listener });
      subscriptions.add(end);
      return () => {
        subscriptions.delete(end);
        end();
      };
    },
    async close() {
      for (const end of subscriptions) end();
      subscriptions.clear();
      redis.disconnect();
    },
  };
}

function decodeRow(id: string, fields: readonly string[]): LogEntry | undefined {
  const [time, counter] = id.split("-");
  const index = fields.findIndex((name, position) => position % 2 === 0 && name === "e");
  return counter === "0" && index >= 0 ? decodeEntry(Number(time), fields[index + 1] ?? "") : undefined;
}

/** The highest id that the stream ever held: it outlives trimming and deletion of entries, so it fences on. */
function lastGeneratedSeq(info: unknown): number {
  const fields = Array.isArray(info) ? info : Object.entries(info as object).flat();
  return Number.parseInt(String(fields[fields.indexOf("last-generated-id") + 1]), 10);
}

function isMissingKey(error: unknown): boolean {
  return error instanceof Error && error.message.includes("no such key");
}
