import type { Logger } from "@espigon/service_kit";
import type { Client } from "pg";
import { readPending } from "./batch.ts";
import { createSignal } from "./createSignal.ts";
import { readHead } from "./eventLog.ts";
import type { NumberedEvent } from "./EventRow.ts";
import type { SequencerMetrics } from "./sequencerMetrics.ts";
import { sequenceRows } from "./sequenceRows.ts";

/** Follows the log while this instance leads. None of the calls blocks. */
export type LogFollower = {
  /** This instance leads now; the log ends at `head`. */
  lead(head: number): void;
  /** These events were committed to the log, right after the ones before. */
  offer(events: readonly NumberedEvent[]): void;
  /** This instance does not lead any more. */
  rest(): void;
};

export type SequencerDeps = {
  /** A new client that is not connected yet. The sequencer ends it. */
  readonly newClient: () => Client;
  readonly follower: LogFollower;
  readonly logger: Logger;
  readonly metrics: SequencerMetrics;
};

export type Sequencer = {
  /** Something was committed: look now instead of at the next poll. */
  readonly wake: () => void;
  readonly isLeading: () => boolean;
  /** Finishes the batch under way and frees the lock. Idempotent. */
  stop(): Promise<void>;
};

/** The advisory lock whose holder leads; any number that nobody else uses. */
const SEQUENCER_LOCK = 7_377_104;

const BATCH_LIMIT = 1_000;
/** The safety net when a wake-up was lost. */
const POLL_MS = 100;
const LEADERSHIP_POLL_MS = 200;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 5_000;
const GOODBYE_MS = 2_000;

/**
 * Starts the sequencer of this instance. Of all instances on one database one leads: it gives committed events their
 * dense number and keeps the statistics, each batch in one transaction. The others wait for its lock. After any error
 * the connection is thrown away, and with it the lock, and a new term begins: after a pause that doubles from error to
 * error until a batch succeeds.
 */
export function createSequencer(deps: SequencerDeps): Sequencer {
  const signal = createSignal();
  const halt = createSignal();
  const ending = new AbortController();
  let leading = false;
  let retryMs = RETRY_MIN_MS;

  async function lead(client: Client): Promise<void> {
    let head = await readHead(client);
    leading = true;
    deps.metrics.leader.set(1);
    deps.logger.info({ head }, "leads the sequencing of events");
    deps.follower.lead(head);
    while (!ending.signal.aborted) {
      const rows = await readPending(client, BATCH_LIMIT);
      deps.metrics.outboxLag.set((rows[0]?.age_ms ?? 0) / 1_000);
      if (rows.length === 0) await signal.wait(POLL_MS);
      else head = await sequenceRows({ ...deps, client }, head, rows);
      retryMs = RETRY_MIN_MS;
    }
  }

  /** One connection: waits for the lock, then leads until an error or the stop. */
  async function term(client: Client): Promise<void> {
    client.on("error", (error) => deps.logger.warn({ err: error }, "the sequencer lost its connection"));
    try {
      await client.connect();
      while (!ending.signal.aborted) {
        if (await tryLock(client)) return await lead(client);
        await halt.wait(LEADERSHIP_POLL_MS);
      }
    } finally {
      if (leading) deps.follower.rest();
      leading = false;
      deps.metrics.leader.set(0);
      await goodbye(client);
    }
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        await term(deps.newClient());
      } catch (error) {
        deps.metrics.failures.inc();
        deps.logger.error({ err: error, retry_ms: retryMs }, "the sequencer starts a new term after an error");
        await halt.wait(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
      }
    }
  }

  const running = run();
  return {
    wake() {
      if (leading) signal.ring();
    },
    isLeading: () => leading,
    stop() {
      ending.abort();
      signal.ring();
      halt.ring();
      return running;
    },
  };
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [
    SEQUENCER_LOCK,
  ]);
  return rows[0]?.locked === true;
}

/** Ends a connection that may be broken, without waiting for an answer that may not come. */
async function goodbye(client: Client): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([client.end().catch(() => {}), enough]);
  clearTimeout(timer);
}
