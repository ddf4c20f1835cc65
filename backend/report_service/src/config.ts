import { redisAddress, redisNat } from "@espigon/event_feed";
import {
  EnvDrainDelay,
  EnvFlag,
  EnvLogLevel,
  EnvMetricsToken,
  EnvOrigins,
  EnvPemFile,
  EnvPort,
  EnvReadableBy,
  JwtSecret,
} from "@espigon/service_kit";
import { z } from "zod";

const HttpUrl = z
  .url({ protocol: /^https?$/, error: "must be a URL that starts with http:// or https://" })
  .transform((url) => url.replace(/\/+$/, ""));

/** What report_service takes from its environment; `docs/operations.md` lists the variables for operators. */
export const ReportConfig = z.object({
  /** 0 takes any free port. */
  PORT: EnvPort.default(4000),
  /** The interface to listen on. */
  HOST: z.string().default("0.0.0.0"),
  REST_SERVICE_URL: HttpUrl.default("http://localhost:3000"),
  /** The longest that one read from rest_service may take, in milliseconds. */
  REST_TIMEOUT_MS: z.coerce.number().int().min(100).max(30_000).default(2_000),
  /** One server, sentinels or a cluster: see `redisAddress`. */
  REDIS_URL: EnvReadableBy(redisAddress).default("redis://127.0.0.1:6379"),
  REDIS_PASSWORD: z.string().optional(),
  /** These four: see `redisPlace`. */
  REDIS_TLS_CA: EnvPemFile.optional(),
  REDIS_TLS_CERT: EnvPemFile.optional(),
  REDIS_TLS_KEY: EnvPemFile.optional(),
  REDIS_NAT: EnvReadableBy(redisNat).optional(),
  /** Verifies access tokens; shared by all services. */
  JWT_SECRET: JwtSecret,
  /** Also accept tokens of other issuers of the same secret. */
  JWT_COMPAT: EnvFlag.default(false),
  /** Exactly these origins may read answers in a browser. */
  CORS_ORIGINS: EnvOrigins.default(["http://localhost:5173"]),
  DRAIN_DELAY_MS: EnvDrainDelay,
  /** How many answers are kept. */
  CACHE_ENTRIES: z.coerce.number().int().min(1).max(100_000).default(500),
  /** Introspection and GraphiQL; by default outside production only. */
  GRAPHIQL: EnvFlag.optional(),
  NODE_ENV: z.string().default("development"),
  METRICS_TOKEN: EnvMetricsToken,
  LOG_LEVEL: EnvLogLevel,
});
export type ReportConfig = z.infer<typeof ReportConfig>;
