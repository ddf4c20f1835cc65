import type { LogEntry } from "@espigon/event_feed";
import type { Logger } from "@espigon/service_kit";
import type { LogFollower } from "./createSequencer.ts";
import { createSignal } from "./createSignal.ts";
import type { NumberedEvent } from "./EventRow.ts";
import type { SequencerMetrics } from "./sequencerMetrics.ts";

export type PublisherDeps = {
  /** The broker's last seq, 0 when it is empty. */
  readonly lastSeq: () => Promise<number>;
  /** The broker's entry with this seq, `undefined` when it has none any more. */
  readonly entryAt: (seq: number) => Promise<LogEntry | undefined>;
  /** Appends ascending events without gaps; resolves to the broker's last seq. See `Broker.append`. */
  readonly publishEvents: (events: readonly NumberedEvent[]) => Promise<number>;
  /** Events of the log with `seq > after`, ascending, at most `limit`. */
  readonly readLog: (after: number, limit: number) => Promise<readonly NumberedEvent[]>;
  /** The log's head as the database has it. */
  readonly readHead: () => Promise<number>;
  /** How many events an empty broker is refilled with. */
  readonly window: number;
  readonly logger: Logger;
  readonly metrics: SequencerMetrics;
};

export type Publisher = LogFollower & {
  /** The broker may have changed behind our back (a reconnect): ask it again before going on. */
  recheck(): void;
  /** Ends after the append under way. Idempotent. */
  stop(): Promise<void>;
};

const APPEND_LIMIT = 500;
/** What waits in memory at most; past it, the log is read again instead. */
const MEMORY_LIMIT = 10_000;
const RETRY_MIN_MS = 50;
const RETRY_MAX_MS = 2_000;
const FOREIGN_RETRY_MS = 5_000;
/** How often a quiet broker is asked whether it still has the log: nobody tells when it was emptied. */
const RECHECK_MS = 5_000;

/**
 * Brings the log to the broker, in order and without gaps, while this instance leads: from memory as long as it
 * keeps up, else from `event_log`. It goes on from whatever the broker has; an empty broker gets the last window. A
 * broker that fails is asked again after a pause, and never holds up the sequencing.
 *
 * A broker whose log goes beyond the database's, or ends in another event than the database has under this number,
 * holds another database's log, or this one was restored from a backup. Nothing is published then, since numbers would
 * be told twice with different meaning; the error is logged and `espigon_broker_foreign` is 1. The remedy is an
 * operator's: delete the broker's log (or point to the right broker); it is then refilled.
 */
export function createPublisher(deps: PublisherDeps): Publisher {
  const work = createSignal();
  const halt = createSignal();
  const ending = new AbortController();
  let leading = false;
  let head = 0;
  /** The broker's last seq, as far as we know; `inDoubt` when it has to be asked first. */
  let last = 0;
  let inDoubt = true;
  /** The newest events, without gaps up to `head`; maybe none. */
  let memory: readonly NumberedEvent[] = [];

  async function position(): Promise<number> {
    const found = await deps.lastSeq();
    return found === 0 ? Math.max(0, head - deps.window) : found;
  }

  /** The next events to append, at least one, right after `after`. */
  async function nextEvents(after: number): Promise<readonly NumberedEvent[]> {
    memory = memory.slice(Math.max(0, after + 1 - (memory[0]?.seq ?? 0)));
    const first = memory[0];
    if (first?.seq === after + 1) return memory.slice(0, APPEND_LIMIT);
    const missing = (first?.seq ?? head + 1) - 1 - after;
    const events = await deps.readLog(after, Math.min(APPEND_LIMIT, missing));
    if (events[0]?.seq !== after + 1) throw new Error(`event_log has no seq ${after + 1}, but its head is ${head}`);
    return events;
  }

  /** One step; resolves when there may be another. */
  async function step(): Promise<void> {
    if (!leading) return void (await work.wait(RECHECK_MS));
    if (inDoubt) {
      // A doubt that arises from here on is for the next step.
      inDoubt = false;
      last = await position();
      if (last <= head && (await isOfAnotherHistory(last))) return refuse("another event");
      deps.metrics.brokerForeign.set(0);
    }
    if (last > head) return ahead();
    deps.metrics.publisherLag.set(head - last);
    if (last < head) last = await deps.publishEvents(await nextEvents(last));
    else if (!(await work.wait(RECHECK_MS))) inDoubt = true;
  }

  /** Whether the broker tells something else at `seq` than the database. Not known of events that tell nobody anything. */
  async function isOfAnotherHistory(seq: number): Promise<boolean> {
    const told = (await deps.entryAt(seq))?.notifications[0]?.at;
    if (told === undefined) return false;
    const [numbered] = await deps.readLog(seq - 1, 1);
    return numbered?.event !== undefined && numbered.event.at !== told;
  }

  async function ahead(): Promise<void> {
    // A leader that has been replaced and does not know it yet is behind both.
    if (last > (await deps.readHead())) return refuse("seqs beyond the database's");
    inDoubt = true;
    await halt.wait(FOREIGN_RETRY_MS);
  }

  async function refuse(why: string): Promise<void> {
    inDoubt = true;
    deps.metrics.brokerForeign.set(1);
    deps.logger.error(
      { broker_seq: last, why },
      "the broker holds a log that is not this database's: nothing is published until it (events:log) is deleted",
    );
    await halt.wait(FOREIGN_RETRY_MS);
  }

  async function run(): Promise<void> {
    let retryMs = RETRY_MIN_MS;
    while (!ending.signal.aborted) {
      try {
        await step();
        retryMs = RETRY_MIN_MS;
      } catch (error) {
        inDoubt = true;
        deps.metrics.publisherFailures.inc();
        deps.logger.warn({ err: error }, "the broker did not take events; trying again");
        await halt.wait(retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
      }
    }
  }

  const running = run();
  return {
    lead(newHead) {
      leading = true;
      head = newHead;
      inDoubt = true;
      memory = [];
      work.ring();
    },
    offer(events) {
      head = events.at(-1)?.seq ?? head;
      memory = memory.length + events.length > MEMORY_LIMIT ? [] : [...memory, ...events];
      work.ring();
    },
    rest() {
      leading = false;
      memory = [];
    },
    recheck() {
      inDoubt = true;
      work.ring();
    },
    stop() {
      ending.abort();
      work.ring();
      halt.ring();
      return running;
    },
  };
}
