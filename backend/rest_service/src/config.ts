import { redisAddress, redisNat } from "@espigon/event_feed";
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

/** What the driver makes of the other modes is not what libpq does, and will change. */
const SSL_MODES = new Set(["verify-full", "no-verify", "disable"]);

const DatabaseUrl = z
  .string({ error: "is required" })
  .refine((value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol), {
    error: "must be a URL that starts with postgres:// or postgresql://",
    abort: true,
  })
  .refine((value) => new URL(value).searchParams.getAll("sslmode").every((mode) => SSL_MODES.has(mode)), {
    error: "must say sslmode=verify-full (with sslrootcert=…), no-verify or disable: others do not say who is believed",
  });

/** What rest_service takes from its environment; `docs/operations.md` lists the variables for operators. */
export const RestConfig = z.object({
  /** 0 takes any free port. */
  PORT: EnvPort.default(3000),
  /** The interface to listen on. */
  HOST: z.string().default("0.0.0.0"),
  DATABASE_URL: DatabaseUrl,
  /** Connections of the pool, besides the sequencer's own. */
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(500).default(20),
  /** One server, sentinels or a cluster: see `redisAddress`. */
  REDIS_URL: EnvReadableBy(redisAddress).default("redis://127.0.0.1:6379"),
  REDIS_PASSWORD: z.string().optional(),
  /** These four: see `redisPlace`. */
  REDIS_TLS_CA: EnvPemFile.optional(),
  REDIS_TLS_CERT: EnvPemFile.optional(),
  REDIS_TLS_KEY: EnvPemFile.optional(),
  REDIS_NAT: EnvReadableBy(redisNat).optional(),
  /** Signs access tokens and room tokens; shared by all services. */
  JWT_SECRET: JwtSecret,
  /** Also accept tokens of other issuers of the same secret. */
  JWT_COMPAT: EnvFlag.default(false),
  CORS_ORIGINS: EnvOrigins.default(["http://localhost:5173"]),
  /** Whether the refresh cookie is for https only. */
  COOKIE_SECURE: EnvFlag.default(true),
  /** Proxies whose X-Forwarded-For is believed: addresses and networks. */
  TRUSTED_PROXIES: EnvProxies.prefault(""),
  DRAIN_DELAY_MS: EnvDrainDelay,
  /** How many entries the broker keeps, and so how many an empty one is refilled with. */
  EVENTS_WINDOW: z.coerce.number().int().min(1).max(10_000_000).default(100_000),
  METRICS_TOKEN: EnvMetricsToken,
  LOG_LEVEL: EnvLogLevel,
});
export type RestConfig = z.infer<typeof RestConfig>;
