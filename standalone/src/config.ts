import { RestConfig } from "@espigon/rest_service";
import { EnvFlag, EnvLogLevel, JwtSecret } from "@espigon/service_kit";
import { z } from "zod";

/** What standalone reads from its environment; `scripts/start.mjs` turns the options of `npm start` into it. */
export const StandaloneConfig = z.object({
  PORT_OFFSET: z.coerce.number().int().min(0).max(50_000).default(0),
  DATA_DIR: z.string().min(1),
  DEMO: EnvFlag.default(true),
  /** The interface to listen on. The demo accounts have known passwords: think twice before opening it to a network. */
  HOST: z.string().default("127.0.0.1"),
  /** A PostgreSQL of one's own, instead of the embedded one. */
  DATABASE_URL: RestConfig.shape.DATABASE_URL.optional(),
  /** A Redis of one's own, instead of the broker in memory. */
  REDIS_URL: z.string().optional(),
  JWT_SECRET: JwtSecret.optional(),
  LOG_LEVEL: EnvLogLevel.default("warn"),
  /** The process that started this one: when it is gone, this one stops too. */
  STARTER_PID: z.coerce.number().int().positive().optional(),
});
export type StandaloneConfig = z.infer<typeof StandaloneConfig>;
