import { readFileSync } from "node:fs";
import { z } from "zod";

/** The environment did not fit the schema. `message` lists every fault, one a line, without any value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Parses a service's environment once. Empty variables count as absent.
 * @throws ConfigError with all faults, on one line.
 */
export function parseConfig<Schema extends z.ZodType>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "environment"}: ${issue.message}`);
  throw new ConfigError(`The configuration is not usable: ${faults.join("; ")}`);
}

/** A secret for HS256: at least 32 bytes, as RFC 7518 asks. */
export const JwtSecret = z
  .string({ error: "is required: set a random value of at least 32 bytes" })
  .refine((value) => Buffer.byteLength(value) >= 32, "is too weak: it needs at least 32 bytes");

/** `true` or `false` in an environment variable. */
export const EnvFlag = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((value) => value === "true");

/** A comma-separated list in an environment variable. */
export const EnvList = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

/** Pages of these origins may come in: exactly as a browser writes them, so without a path. */
export const EnvOrigins = EnvList.refine((origins) => origins.every((origin) => URL.parse(origin)?.origin === origin), {
  error: "must be origins without a path, such as https://espigon.example",
});

export const EnvLogLevel = z
  .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
    error: "must be trace, debug, info, warn, error, fatal or silent",
  })
  .default("info");

/** Lets a scraper read `/metrics` from elsewhere than loopback. */
export const EnvMetricsToken = z.string().min(16, "is too weak: it needs at least 16 characters").optional();

/** How long a service that was told to stop goes on while only `/readyz` says so; 0: nobody waits for that. */
export const EnvDrainDelay = z.coerce.number({ error: "must be milliseconds" }).int().min(0).max(4_000).default(0);

export const EnvPort = z.coerce.number({ error: "must be a port" }).int().min(0).max(65_535);

/** A text that `read` can read; the message of what it throws tells the fault. */
export function EnvReadableBy(read: (value: string) => unknown) {
  return z.string().superRefine((value, context) => {
    try {
      read(value);
    } catch (error) {
      context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Names a file of certificates or of a key, in PEM; becomes what is in it. */
export const EnvPemFile = z.string().transform((path, context) => {
  const fault = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  try {
    const text = readFileSync(path, "utf8");
    return text.includes("-----BEGIN ") ? text : fault("must name a file in PEM form");
  } catch (error) {
    return fault(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
});
