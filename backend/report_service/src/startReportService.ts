import type { Broker } from "@espigon/event_feed";
import { createDrain, createTokenVerifier, type Logger, type Service } from "@espigon/service_kit";
import { countAnswers } from "./cache/countAnswers.ts";
import { createVersionedCache } from "./cache/createVersionedCache.ts";
import type { ReportConfig } from "./config.ts";
import { createFetchHandler } from "./http/createFetchHandler.ts";
import { createGraphqlHandler } from "./http/createGraphqlHandler.ts";
import { createReportMetrics } from "./monitoring/createReportMetrics.ts";
import { createRestReader } from "./restClient/createRestReader.ts";
import { concernsViewerOnly } from "./restClient/RestFailure.ts";
import { followLog } from "./scopeHeads/followLog.ts";

/** How long a request waits for its floor, in milliseconds, before it is answered STALE. */
const FLOOR_WAIT_MS = 2_000;
/** Nothing kept is older than this, in milliseconds, whatever the events say. */
const MAX_ANSWER_AGE_MS = 60_000;
const MAX_READS_IN_FLIGHT = 128;
/** All queries of the schema at once are some ten. */
const MAX_READS_PER_USER = 32;
/** How long requests under way may take to end, in milliseconds: the floor's wait and a few reads. */
const DRAIN_MS = 5_000;
/** Bodies past this are refused by the engine, which makes no problem document; `MAX_BODY_BYTES` are read. */
const ENGINE_BODY_BYTES = 12 * 1024 * 1024;

export type ReportServiceDeps = {
  readonly broker: Broker;
  readonly logger: Logger;
  /** Tells the present business day; the machine's clock by default. */
  readonly clock?: () => Date;
  /** Instead of `FLOOR_WAIT_MS`, where a test has to see who is answered and not how soon. */
  readonly floorWaitMs?: number | undefined;
};

/** Starts answering GraphQL. The broker stays the caller's, who closes it after `stop`. */
export async function startReportService(config: ReportConfig, deps: ReportServiceDeps): Promise<Service> {
  const { broker, logger, clock = () => new Date(), floorWaitMs = FLOOR_WAIT_MS } = deps;
  const now = () => performance.now();
  const feed = followLog(broker, logger);
  const metrics = createReportMetrics(() => feed.heads.healthy);
  const rest = createRestReader({
    baseUrl: config.REST_SERVICE_URL,
    timeoutMs: config.REST_TIMEOUT_MS,
    maxInFlight: MAX_READS_IN_FLIGHT,
    maxPerUser: MAX_READS_PER_USER,
    fetch: (url, init) => fetch(url, init),
    observe: (outcome, seconds) => metrics.restReads.observe({ outcome }, seconds),
    logger,
    now,
  });
  const cache = createVersionedCache({
    heads: feed.heads,
    maxEntries: config.CACHE_ENTRIES,
    waitMs: floorWaitMs,
    maxAgeMs: MAX_ANSWER_AGE_MS,
    concernsReaderOnly: concernsViewerOnly,
    now,
    pause: (ms) => Bun.sleep(ms),
  });
  const graphiql = config.GRAPHIQL ?? config.NODE_ENV !== "production";
  // Each request is a read, POST or not.
  const drain = createDrain({ delayMs: config.DRAIN_DELAY_MS, graceMs: DRAIN_MS, mayRepeat: () => true });
  const handle = createFetchHandler({
    verify: feed.revocations.guard(createTokenVerifier({ secret: config.JWT_SECRET, compat: config.JWT_COMPAT })),
    cache: countAnswers(cache, (source) => metrics.answers.inc({ source })),
    rest,
    clock,
    now,
    graphiql,
    origins: config.CORS_ORIGINS,
    refusal: drain.refusal,
    graphql: createGraphqlHandler({ logger, graphiql, countError: (code) => metrics.errors.inc({ code }) }),
    operations: {
      metrics: metrics.registry,
      unready: async () => (drain.begun() ? ["draining"] : (await rest.isReady()) ? [] : ["rest_service"]),
      ...(config.METRICS_TOKEN === undefined ? {} : { metricsToken: config.METRICS_TOKEN }),
    },
    observe: (status, seconds) => metrics.requests.observe({ status }, seconds),
  });

  let server: Bun.Server<undefined>;
  try {
    server = Bun.serve({
      port: config.PORT,
      hostname: config.HOST,
      development: false,
      // Else Bun shares the port with whoever holds it, once `development` is off.
      reusePort: false,
      maxRequestBodySize: ENGINE_BODY_BYTES,
      fetch: (request, listener) => handle.answer(request, listener.requestIP(request)?.address),
      error(error) {
        logger.error({ err: error }, "a request failed outside of GraphQL");
        return handle.answerCrash();
      },
    });
  } catch (error) {
    feed.stop();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${server.port}`,
    stop() {
      return (stopped ??= drain.close(server).finally(() => feed.stop()));
    },
  };
}
