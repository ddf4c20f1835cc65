import { Counter, Gauge, Histogram, type Registry } from "prom-client";

export type SequencerMetrics = ReturnType<typeof createSequencerMetrics>;

/** What operators see of the sequencer and the publisher. */
export function createSequencerMetrics(registry: Registry) {
  const registers = [registry];
  return {
    leader: new Gauge({
      name: "espigon_sequencer_leader",
      help: "1 on the instance that leads, else 0",
      registers,
    }),
    events: new Counter({
      name: "espigon_sequencer_events_total",
      help: "Events numbered by this instance",
      registers,
    }),
    skipped: new Counter({
      name: "espigon_sequencer_skipped_events_total",
      help: "Events that were numbered but left out of the statistics: unknown or invalid",
      registers,
    }),
    failures: new Counter({
      name: "espigon_sequencer_failures_total",
      help: "Terms of leadership (or attempts at one) that ended in an error",
      registers,
    }),
    batchSize: new Histogram({
      name: "espigon_sequencer_batch_size",
      help: "Events in a batch",
      buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
      registers,
    }),
    latency: new Histogram({
      name: "espigon_commit_to_sequenced_seconds",
      help: "From an event's being written to its number's being committed",
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    }),
    outboxLag: new Gauge({
      name: "espigon_outbox_lag_seconds",
      help: "Age of the oldest event without a number when the leader last looked",
      registers,
    }),
    publisherLag: new Gauge({
      name: "espigon_publisher_lag_events",
      help: "Events numbered but not yet in the broker",
      registers,
    }),
    publisherFailures: new Counter({
      name: "espigon_publisher_failures_total",
      help: "Failed attempts to read from the log or to append to the broker",
      registers,
    }),
    brokerForeign: new Gauge({
      name: "espigon_broker_foreign",
      help: "1 while the broker holds a log that is not this database's, so that nothing is published; needs an operator",
      registers,
    }),
  };
}
