import { HEARTBEAT_MS } from "@espigon/event_contracts";
import { redisAddress, redisNat, redisPlace, type RedisPlace } from "@espigon/event_feed";
import {
  EnvDrainDelay,
  EnvFlag,
  EnvLogLevel,
  EnvMetricsToken,
  EnvOrigins,
  EnvPemFile,
  EnvPort,
  EnvProxies,
  EnvReadableBy,
  JwtSecret,
} from "@espigon/service_kit";
import { z } from "zod";

const Count = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const Milliseconds = (fallback: number) => z.coerce.number().int().min(0).max(3_600_000).default(fallback);

/** What realtime_service takes from its environment; `docs/operations.md` lists the variables for operators. */
export const RealtimeConfig = z.object({
  PORT: EnvPort.default(8085),
  /** The interface to listen on. */
  HOST: z.string().default("0.0.0.0"),
  /** One server, sentinels or a cluster: see `redisAddress`. Wins over REDIS_ADDR. */
  REDIS_URL: EnvReadableBy(redisAddress).optional(),
  /** `host:port` */
  REDIS_ADDR: z
    .string()
    .regex(/^[^\s/@]+:\d{1,5}$/, "must be host:port")
    .optional(),
  REDIS_PASSWORD: z.string().optional(),
  /** These four: see `redisPlace`. */
  REDIS_TLS_CA: EnvPemFile.optional(),
  REDIS_TLS_CERT: EnvPemFile.optional(),
  REDIS_TLS_KEY: EnvPemFile.optional(),
  REDIS_NAT: EnvReadableBy(redisNat).optional(),
  JWT_SECRET: JwtSecret,
  /** Browser pages that may open a socket; exact origins. A request without Origin is not from a browser and may. */
  ALLOWED_ORIGINS: EnvOrigins.default(["http://localhost:5173"]),
  ALLOW_QUERY_TOKEN: EnvFlag.default(false),
  JWT_COMPAT: EnvFlag.default(false),
  LOG_LEVEL: EnvLogLevel,
  METRICS_TOKEN: EnvMetricsToken,

  HEARTBEAT_MS: Milliseconds(HEARTBEAT_MS).pipe(z.number().min(100)),
  /** An expired token closes its socket this much later, unless AUTH brought a new one. */
  TOKEN_GRACE_MS: Milliseconds(5000),
  MAX_SOCKETS: Count(50_000),
  /** Of one user, on all nodes together. */
  MAX_SOCKETS_PER_USER: Count(20),
  /** Proxies whose X-Forwarded-For is believed: addresses and networks. */
  TRUSTED_PROXIES: EnvProxies.prefault(""),
  /** Of one IP address, on all nodes together; behind a proxy that is not trusted all sockets share its address. */
  MAX_SOCKETS_PER_ADDRESS: Count(2000),
  /** New sockets of the whole node; bursts may be ten times that. */
  CONNECTS_PER_SECOND: Count(300),
  /** Frames and pings that one socket may send; more than FRAME_BURST at once closes it with 1008. */
  FRAMES_PER_SECOND: Count(10),
  FRAME_BURST: Count(60),
  MAX_ROOMS_PER_SOCKET: Count(50),
  /** A reader that takes nothing for this long is cut off. */
  SLOW_READER_MS: Milliseconds(10_000),
  DRAIN_DELAY_MS: EnvDrainDelay,
  /** Over this time the clients of a node that stops are sent away; see `drainWindowMs`. */
  DRAIN_MS: Milliseconds(5000).pipe(z.number().max(8000)),
  /** A node that cannot hear the broker for this long sends its clients to others. */
  BROKER_GRACE_MS: Milliseconds(8000),
});
export type RealtimeConfig = z.infer<typeof RealtimeConfig>;

/** Of the 10 s in which a service has to end, those before the last clients are closed, in milliseconds. */
const LEAVE_WITHIN_MS = 7500;

/** Over what time a node sends its clients away: less than `DRAIN_MS` where the delay before it leaves less. */
export function drainWindowMs({ DRAIN_DELAY_MS, DRAIN_MS }: RealtimeConfig): number {
  return Math.min(DRAIN_MS, LEAVE_WITHIN_MS - DRAIN_DELAY_MS);
}

/** Where Redis is, from `REDIS_URL` or `REDIS_ADDR`. @throws as `redisPlace`. */
export function realtimeRedisPlace(config: RealtimeConfig): RedisPlace {
  return redisPlace({ ...config, REDIS_URL: config.REDIS_URL ?? `redis://${config.REDIS_ADDR ?? "localhost:6379"}` });
}
