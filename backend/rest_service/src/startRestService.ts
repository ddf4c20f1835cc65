import type { Broker } from "@espigon/event_feed";
import {
  answerOperations,
  createClientAddress,
  createDrain,
  type Logger,
  problemResponse,
  type Service,
} from "@espigon/service_kit";
import { Registry } from "prom-client";
import type { RestConfig } from "./config.ts";
import type { SharedAttempts } from "./application/SharedAttempts.ts";
import { followRevocations } from "./followRevocations.ts";
import { createApp } from "./http/createApp.ts";
import { createReadiness } from "./createReadiness.ts";
import type { PoolOptions } from "./infrastructure/persistence/createPool.ts";
import { migrate } from "./infrastructure/persistence/migrate.ts";
import { openDatabase } from "./infrastructure/persistence/openDatabase.ts";
import { createStatisticsReader } from "./infrastructure/persistence/statisticsReader.ts";
import { createSequencerMetrics } from "./infrastructure/sequencer/sequencerMetrics.ts";
import { startSequencing } from "./infrastructure/sequencer/startSequencing.ts";

export type RestServiceDeps = {
  /** Stays open when the service stops. */
  readonly broker: Broker;
  /** See `AppDeps`. */
  readonly attempts?: SharedAttempts;
  readonly logger: Logger;
};

const IDLE_TIMEOUT_S = 30;
const MAX_BODY_BYTES = 12 * 1024 * 1024;
/** How long requests under way may take to finish when the service stops. */
const DRAIN_MS = 4_000;

/**
 * Starts rest_service: brings the database to the newest schema, starts sequencing, and listens.
 * @throws with one line to read when the database is not to be had or the port is taken; nothing is left open then.
 */
export async function startRestService(config: RestConfig, deps: RestServiceDeps): Promise<Service> {
  const { broker, attempts, logger } = deps;
  const database = { url: config.DATABASE_URL, logger };
  await bringUpToDate(database);
  const pool = await openDatabase({
    ...database,
    applicationName: "espigon rest_service",
    max: config.DATABASE_POOL_MAX,
  });
  const metrics = new Registry();
  const sequencing = startSequencing({
    databaseUrl: config.DATABASE_URL,
    pool,
    broker,
    window: config.EVENTS_WINDOW,
    logger,
    metrics: createSequencerMetrics(metrics),
  });
  let unfollow = () => {};
  const closeAll = async () => {
    unfollow();
    await sequencing.stop();
    await pool.end();
  };
  const drain = createDrain({ delayMs: config.DRAIN_DELAY_MS, graceMs: DRAIN_MS });
  const readiness = createReadiness(pool, drain.begun);
  const clientAddress = createClientAddress(config.TRUSTED_PROXIES);
  const operations = {
    metrics,
    unready: () => readiness.unready(),
    ...(config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN }),
  };

  try {
    const app = createApp({
      pool,
      config,
      logger,
      statistics: createStatisticsReader(pool),
      committed: sequencing.committed,
      ...(attempts === undefined ? {} : { attempts }),
    });
    unfollow = followRevocations(broker, app.forgetSessions);
    const server = Bun.serve({
      hostname: config.HOST,
      port: config.PORT,
      development: false,
      // Without it Bun shares a port that is taken, where `development` is off.
      reusePort: false,
      idleTimeout: IDLE_TIMEOUT_S,
      maxRequestBodySize: MAX_BODY_BYTES,
      async fetch(request, server) {
        const address = server.requestIP(request)?.address;
        const operation = await answerOperations(operations, request, address);
        return operation ?? drain.refusal(request) ?? app.fetch(request, clientAddress(request, address));
      },
      error(error) {
        logger.error({ err: error }, "a request failed outside of the application");
        return problemResponse({ type: "about:blank", title: "Internal error", status: 500, code: "INTERNAL" });
      },
    });
    let stopped: Promise<void> | undefined;
    const stop = async () => {
      await drain.close(server);
      await closeAll();
    };
    return { url: `http://127.0.0.1:${server.port}`, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** On a pool of its own: a migration, or the wait for another instance's, may take longer than any request. */
async function bringUpToDate(database: Pick<PoolOptions, "url" | "logger">): Promise<void> {
  const pool = await openDatabase({
    ...database,
    applicationName: "espigon migration",
    max: 2,
    statementTimeoutMs: 0,
  });
  try {
    const applied = await migrate(pool);
    if (applied.length > 0) database.logger.info({ migrations: applied }, "migrated the database");
  } finally {
    await pool.end();
  }
}
