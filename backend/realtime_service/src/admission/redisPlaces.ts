import { connectForCommands, type FeedLogger, inTime, logFaults, type RedisPlace } from "@espigon/event_feed";
import type { PlaceHeld, PlaceKind, SharedPlaces } from "./SharedPlaces.ts";

/** One slot for all keys, so that one script may look at several of them in a Redis Cluster. */
const PREFIX = "{ws:places}:";
const NODES = `${PREFIX}nodes`;

/** A node that has not told for this long counts no more, in milliseconds. */
const LEASE_MS = 15_000;
const RENEW_MS = 4_000;

/**
 * KEYS: the nodes' leases, then a hash per subject (node → how many it holds). ARGV: node, lease, then per subject: how
 * many this node will hold, the limit. Replies the place of the subject that is full, else 0.
 */
const CLAIM = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 2, #KEYS do
  local held = tonumber(ARGV[2 * i - 1])
  local counts = redis.call('HGETALL', KEYS[i])
  for j = 1, #counts, 2 do
    if counts[j] ~= ARGV[1] then
      local lease = redis.call('ZSCORE', KEYS[1], counts[j])
      if lease and tonumber(lease) > now then held = held + tonumber(counts[j + 1])
      else redis.call('HDEL', KEYS[i], counts[j]) end
    end
  end
  if held > tonumber(ARGV[2 * i]) then return i - 1 end
end
for i = 2, #KEYS do
  redis.call('HSET', KEYS[i], ARGV[1], ARGV[2 * i - 1])
  redis.call('PEXPIRE', KEYS[i], 86400000)
end
return 0
`;

/** KEYS: leases. ARGV: node, lease. Replies 1 when the node had none, or one that had ended: others may have struck out what it holds. */
const RENEW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 86400000)
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
if before and tonumber(before) > now then return 0 end
return 1
`;

export type RedisPlacesDeps = {
  readonly place: RedisPlace;
  /** Of this process alone. */
  readonly node: string;
  /** Everything that this node holds: told again when Redis has forgotten it, or others took the node for gone. */
  readonly held: () => readonly PlaceHeld[];
  readonly logger: FeedLogger;
};

/** The count in Redis: each node says what it holds, under a lease, so that those of a killed node vanish within 15 s. */
export function redisPlaces({ place, node, held, logger }: RedisPlacesDeps): SharedPlaces {
  const redis = connectForCommands(place);
  logFaults(redis, logger, "the shared count of sockets is out of reach");
  const keyOf = (kind: PlaceKind, name: string) => `${PREFIX}${kind}:${name}`;

  const tell: SharedPlaces["tell"] = (counts) => {
    const batch = redis.pipeline();
    for (const { kind, name, held: count } of counts) {
      const key = keyOf(kind, name);
      if (count === 0) batch.hdel(key, node);
      else batch.hset(key, node, count);
    }
    batch.exec().catch(() => {});
  };
  const renew = async () => {
    if ((await redis.eval(RENEW, 1, NODES, node, LEASE_MS)) === 1) tell(held());
  };
  const keepLease = () => void renew().catch(() => {});
  keepLease();
  const renewing = setInterval(keepLease, RENEW_MS);

  return {
    async claim(claims) {
      const keys = claims.map(({ kind, name }) => keyOf(kind, name));
      const args = claims.flatMap(({ held: count, limit }) => [count, limit]);
      const asked = redis.eval(CLAIM, 1 + keys.length, NODES, ...keys, node, LEASE_MS, ...args);
      const full = await inTime(asked).catch(() => 0);
      return claims[Number(full) - 1]?.kind;
    },
    tell,
    close() {
      clearInterval(renewing);
      void inTime(redis.zrem(NODES, node))
        .catch(() => {})
        .finally(() => redis.disconnect());
    },
  };
}
