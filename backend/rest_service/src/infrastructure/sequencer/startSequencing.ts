import type { Broker } from "@espigon/event_feed";
import type { Logger } from "@espigon/service_kit";
import pg from "pg";
import { createStatsEventClient } from "../clients/statsEventClient.ts";
import { connectionSettings } from "../persistence/connectionSettings.ts";
import { createPublisher } from "./createPublisher.ts";
import { createSequencer } from "./createSequencer.ts";
import { createWaker, WAKE_CHANNEL } from "./createWaker.ts";
import { readHead, readLog } from "./eventLog.ts";
import type { SequencerMetrics } from "./sequencerMetrics.ts";

export type SequencingDeps = {
  readonly databaseUrl: string;
  /** For reads of the log; the sequencer has a connection of its own. */
  readonly pool: pg.Pool;
  readonly broker: Broker;
  /** How many events an empty broker is refilled with. */
  readonly window: number;
  readonly logger: Logger;
  readonly metrics: SequencerMetrics;
};

export type Sequencing = {
  /** To be called after a commit that left events in the outbox. Never throws, never waits. */
  readonly committed: () => void;
  readonly isLeading: () => boolean;
  /** Frees the lock for another instance and ends. The pool and the broker stay open. */
  stop(): Promise<void>;
};

/**
 * The leader's session. A leader that stops answering (a frozen process, a broken network) loses its connection, and
 * so the lock, after some 5 to 15 s: its poll is never this late otherwise.
 */
const LEADER_SESSION = { idle_session_timeout: 5_000 };
const LEADER_STATEMENT_TIMEOUT_MS = 10_000;

/** Starts the way of events from the outbox to the broker, on this instance or, while another leads, in wait for it. */
export function startSequencing(deps: SequencingDeps): Sequencing {
  const { pool, broker, window, logger, metrics } = deps;
  const client = createStatsEventClient(broker);
  const publisher = createPublisher({
    lastSeq: () => broker.lastSeq(),
    entryAt: async (seq) => (await broker.readAfter(seq - 1, 1)).find((entry) => entry.seq === seq),
    publishEvents: (events) => client.publishEvents(events),
    readLog: (after, limit) => readLog(pool, after, limit),
    readHead: () => readHead(pool),
    window,
    logger,
    metrics,
  });
  const settings = connectionSettings({
    url: deps.databaseUrl,
    applicationName: "espigon sequencer",
    statementTimeoutMs: LEADER_STATEMENT_TIMEOUT_MS,
    session: LEADER_SESSION,
  });
  const sequencer = createSequencer({ newClient: () => new pg.Client(settings), follower: publisher, logger, metrics });
  const unsubscribe = broker.subscribe([WAKE_CHANNEL], {
    onMessage: () => sequencer.wake(),
    onUp: () => publisher.recheck(),
    onDown: () => {},
  });
  return {
    committed: createWaker(sequencer, broker),
    isLeading: sequencer.isLeading,
    async stop() {
      unsubscribe();
      await sequencer.stop();
      await publisher.stop();
    },
  };
}
