import { createHash } from "node:crypto";
import {
  connectForCommands,
  createLogLimiter,
  type FeedLogger,
  inTime,
  logFaults,
  type RedisPlace,
} from "@espigon/event_feed";
import type { SharedAttempts } from "../application/SharedAttempts.ts";

const PREFIX = "attempts:";

/** A login asks up to four times, one after the other, and must not wait for a Redis that does not answer. */
const PATIENCE_MS = 250;

const OUT_OF_REACH = "the shared count of attempts is out of reach";

/** ARGV: limit, window in ms. Replies 0 when it has counted, else how many ms are left of the window. */
const TAKE = `
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[1]) then
  return math.max(1, redis.call('PTTL', KEYS[1]))
end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`;

/** A window that is over, or that Redis has forgotten, has nothing to give back. */
const GIVE_BACK = `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count > 1 then redis.call('DECR', KEYS[1]) elseif count == 1 then redis.call('DEL', KEYS[1]) end
return 0
`;

/**
 * The count in Redis: a number per key, which ends with its window. What was being tried on a node that is killed stays
 * counted until then.
 */
export function redisAttempts(deps: {
  readonly place: RedisPlace;
  readonly logger: FeedLogger;
  /** After this the node's own count stands alone; 250 by default. */
  readonly patienceMs?: number;
}): SharedAttempts {
  const { place, logger, patienceMs = PATIENCE_MS } = deps;
  const redis = connectForCommands(place);
  logFaults(redis, logger, OUT_OF_REACH);
  const limiter = createLogLimiter(logger);
  const outOfReach = (error: unknown) => limiter.warn(OUT_OF_REACH, { error: (error as Error).message });

  return {
    async take(key, { limit, windowMs }) {
      // Not to be waited for: it says so itself, and comes back by itself.
      if (redis.status !== "ready") return 0;
      try {
        return Number(await inTime(redis.eval(TAKE, 1, redisKeyOf(key), limit, windowMs), patienceMs));
      } catch (error) {
        outOfReach(error);
        return 0;
      }
    },
    giveBack(key) {
      if (redis.status === "ready") redis.eval(GIVE_BACK, 1, redisKeyOf(key)).catch(outOfReach);
    },
    close: () => redis.disconnect(),
  };
}

/** Of bounded length, and without the e-mail address that may be in it. */
function redisKeyOf(key: string): string {
  return PREFIX + createHash("sha256").update(key).digest("base64url");
}
