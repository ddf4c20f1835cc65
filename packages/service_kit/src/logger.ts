import { type Logger, pino } from "pino";

export type { Logger };

/** JSON lines on standard output. Whatever could carry a secret is cut out by name. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    base: { service },
    level,
    redact: {
      paths: [
        "token",
        "access_token",
        "password",
        "authorization",
        "cookie",
        "*.token",
        "*.password",
        "*.authorization",
        "*.cookie",
      ],
      censor: "[redacted]",
    },
  });
}
