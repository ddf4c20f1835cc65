import { Counter, Gauge, Histogram, Registry } from "@espigon/service_kit";

/** The numbers of one service instance; `docs/operations.md` says what to watch. */
export function createReportMetrics(isFeedHealthy: () => boolean) {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    feedHealthy: new Gauge({
      name: "report_feed_healthy",
      help: "1 while the feed of events is gap-free, so that kept answers may be trusted",
      registers,
      collect() {
        this.set(isFeedHealthy() ? 1 : 0);
      },
    }),
    requests: new Histogram({
      name: "report_request_seconds",
      help: "Time to answer a GraphQL request",
      labelNames: ["status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4],
      registers,
    }),
    errors: new Counter({
      name: "report_errors_total",
      help: "GraphQL errors by code",
      labelNames: ["code"],
      registers,
    }),
    answers: new Counter({
      name: "report_answers_total",
      help: "Statistics answers by where they came from: cache, joined, read, stale or failed",
      labelNames: ["source"],
      registers,
    }),
    restReads: new Histogram({
      name: "report_rest_read_seconds",
      help: "Time of one read from rest_service, by outcome",
      labelNames: ["outcome"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2],
      registers,
    }),
  };
}
