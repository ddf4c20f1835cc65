import type { Logger } from "@espigon/service_kit";
import type { ClientBase } from "pg";
import { type PendingRow, writeBatch } from "./batch.ts";
import type { LogFollower } from "./createSequencer.ts";
import { deltasFor } from "./deltasFor.ts";
import { type NumberedEvent, parseEvent } from "./EventRow.ts";
import { isDataFault } from "./rollupSql.ts";
import type { SequencerMetrics } from "./sequencerMetrics.ts";
import { sumDeltas } from "./sumDeltas.ts";

export type SequenceDeps = {
  readonly client: ClientBase;
  readonly follower: LogFollower;
  readonly logger: Logger;
  readonly metrics: SequencerMetrics;
};

/**
 * Numbers the rows from `head + 1` on, and hands them to the follower once they are committed. An event that cannot
 * be understood, or whose figures the database refuses, is numbered all the same and left out of the statistics:
 * nothing that is in the outbox stops the log.
 * @returns the new head
 * @throws when the database is not to be had or somebody else leads; a retry from the outbox is safe.
 */
export async function sequenceRows(deps: SequenceDeps, head: number, rows: readonly PendingRow[]): Promise<number> {
  const startedAt = performance.now();
  const events = rows.map((row, index): NumberedEvent => ({ seq: head + 1 + index, event: parseEvent(row) }));
  const deltas = sumDeltas(events.flatMap(({ event }) => (event === undefined ? [] : deltasFor(event))));
  try {
    await writeBatch(deps.client, head, rows, deltas);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    if (rows.length > 1) {
      const middle = Math.ceil(rows.length / 2);
      return sequenceRows(deps, await sequenceRows(deps, head, rows.slice(0, middle)), rows.slice(middle));
    }
    await writeBatch(deps.client, head, rows, sumDeltas([]));
    deps.metrics.skipped.inc();
    deps.logger.error(
      { err: error, seq: head + 1 },
      "an event's figures were refused; it is left out of the statistics",
    );
  }
  report(deps, events, rows, performance.now() - startedAt);
  deps.follower.offer(events);
  return head + rows.length;
}

function report(deps: SequenceDeps, events: readonly NumberedEvent[], rows: readonly PendingRow[], ms: number): void {
  for (const [index, { seq, event }] of events.entries()) {
    if (event !== undefined) continue;
    deps.metrics.skipped.inc();
    deps.logger.error({ seq, type: rows[index]?.type }, "an event is unknown or invalid; it is numbered and skipped");
  }
  deps.metrics.events.inc(rows.length);
  deps.metrics.batchSize.observe(rows.length);
  for (const row of rows) deps.metrics.latency.observe((row.age_ms + ms) / 1_000);
}
