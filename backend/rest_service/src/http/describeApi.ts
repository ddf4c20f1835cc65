import { createLogger } from "@espigon/service_kit";
import pg from "pg";
import { createStatisticsReader } from "../infrastructure/persistence/statisticsReader.ts";
import { createApp } from "./createApp.ts";

/** The OpenAPI document as `docs/openapi.json` holds it. Connects to nothing. */
export function describeApi(): string {
  const pool = new pg.Pool();
  const { openApi } = createApp({
    pool,
    logger: createLogger("rest_service", "silent"),
    config: { JWT_SECRET: "unused".repeat(6), JWT_COMPAT: false, CORS_ORIGINS: [], COOKIE_SECURE: true },
    statistics: createStatisticsReader(pool),
    committed: () => {},
  });
  return `${JSON.stringify(openApi, null, 2)}\n`;
}
