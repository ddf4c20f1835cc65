import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { ReportConfig, startReportService } from "@espigon/report_service";
import { RestConfig, startRestService } from "@espigon/rest_service";
import type { Broker } from "@espigon/event_feed";
import { createLogger, parseConfig } from "@espigon/service_kit";
import type { StandaloneConfig } from "./config.ts";
import type { Ports } from "./ports.ts";
import { whenPublished } from "./whenPublished.ts";
import { whenReady } from "./whenReady.ts";

export type ServicesOptions = {
  readonly config: StandaloneConfig;
  readonly ports: Ports;
  readonly databaseUrl: string;
  readonly jwtSecret: string;
  /** The addresses of the frontend that browsers may come from. */
  readonly origins: readonly string[];
  readonly broker: Broker;
};

/**
 * Starts the three services and leaves their ends in `parts`, so that those who call on others stop first. Resolves
 * when they may take traffic.
 */
export async function startServices(options: ServicesOptions, parts: AsyncDisposableStack): Promise<void> {
  const { config, ports, broker } = options;
  const origins = options.origins.join(",");
  const common = {
    HOST: config.HOST,
    JWT_SECRET: options.jwtSecret,
    JWT_COMPAT: "true",
    CORS_ORIGINS: origins,
    LOG_LEVEL: config.LOG_LEVEL,
  };
  const deps = (service: string) => ({ broker, logger: createLogger(service, config.LOG_LEVEL) });
  const port = (number: number) => ({ PORT: String(number) });

  const rest = await startRestService(
    parseConfig(RestConfig, {
      ...common,
      ...port(ports.rest),
      DATABASE_URL: options.databaseUrl,
      COOKIE_SECURE: "false",
    }),
    deps("rest_service"),
  );
  parts.defer(() => rest.stop());
  await whenPublished(options.databaseUrl, broker);
  const report = await startReportService(
    parseConfig(ReportConfig, {
      ...common,
      ...port(ports.report),
      REST_SERVICE_URL: `http://127.0.0.1:${ports.rest}`,
    }),
    deps("report_service"),
  );
  parts.defer(() => report.stop());
  const realtime = await startRealtimeService(
    parseConfig(RealtimeConfig, {
      ...common,
      ...port(ports.realtime),
      ALLOWED_ORIGINS: origins,
      ALLOW_QUERY_TOKEN: "true",
    }),
    deps("realtime_service"),
  );
  parts.defer(() => realtime.stop());
  await whenReady([rest, report, realtime]);
}
