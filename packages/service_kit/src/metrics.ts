/** Prometheus metrics. Each service has a `Registry` of its own, so that several live in one process. */
export { Counter, Gauge, Histogram, Registry } from "prom-client";
