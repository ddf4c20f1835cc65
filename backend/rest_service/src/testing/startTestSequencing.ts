import type { Broker } from "@espigon/event_feed";
import { Registry } from "prom-client";
import { createSequencerMetrics } from "../infrastructure/sequencer/sequencerMetrics.ts";
import { type Sequencing, startSequencing } from "../infrastructure/sequencer/startSequencing.ts";
import { silentLogger } from "./silentLogger.ts";
import type { TestMarketplace } from "./testMarketplace.ts";

/** A sequencer on the test's database, which publishes to `broker`. Stop it before the database is closed. */
export function startTestSequencing(database: TestMarketplace, broker: Broker): Sequencing {
  return startSequencing({
    databaseUrl: database.url,
    pool: database.pool,
    broker,
    window: 100_000,
    logger: silentLogger,
    metrics: createSequencerMetrics(new Registry()),
  });
}
