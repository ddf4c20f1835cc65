import type { Broker, LogEntry } from "./Broker.ts";
import type { FeedCounters, FeedListener } from "./Feed.ts";
import type { LogLimiter } from "./logLimiter.ts";
import { createLogMemory } from "./logMemory.ts";

/** New entries in one read. A page of large entries stays a few megabytes. */
const PAGE = 500;
/** A log that is shorter than what was delivered, and does not grow for so long, in milliseconds, is not being refilled. */
const STANDSTILL_MS = 15_000;

export type LogReaderDeps = {
  readonly broker: Broker;
  readonly listener: FeedListener;
  readonly counters: FeedCounters;
  readonly limiter: LogLimiter;
  readonly isStopped: () => boolean;
  readonly now: () => number;
};

export type LogReader = {
  /** The last seq that was delivered or given up. */
  readonly head: number;
  /** Whether the window that the log held at the start has been read to its end. */
  readonly started: boolean;
  /**
   * Delivers what the log holds beyond the head. Resolves to a seq at or above which nothing existed in the log at
   * some moment after the call, if `claimed` is above the head; else to the head. Rejects when the broker does.
   */
  readUpTo(claimed: number): Promise<number>;
};

/**
 * Reads the log once, from the start of its window on, and tells its holes. An emptied log that is filled again is not
 * told again; one that tells something else under a number that was delivered has begun anew. One call at a time.
 */
export function createLogReader(deps: LogReaderDeps): LogReader {
  const { broker, listener, counters, limiter } = deps;
  const memory = createLogMemory();
  let head = 0;
  let begun = false;
  let started = false;
  /** The log ends before the head: where, and since when there. */
  let shortened: { readonly last: number; readonly since: number } | undefined;

  const skipTo = (seq: number) => {
    if (seq <= head) return;
    if (begun) {
      counters.gaps += 1;
      limiter.warn("the log no longer holds seqs that were not delivered", { from: head + 1, to: seq });
      memory.giveUp({ from: head + 1, to: seq });
      listener.onGap({ from: head + 1, to: seq });
    }
    head = seq;
  };

  const begin = (seq: number) => {
    head = seq;
    memory.giveUp({ from: Math.max(1, seq - PAGE + 1), to: seq });
    listener.onStart?.(seq);
    begun = true;
  };

  /** Goes on from the end of the log, of which it learns what stands there. */
  const restart = async () => {
    const former = head;
    const last = await broker.lastSeq();
    const from = Math.max(1, last - PAGE + 1);
    const entries = await broker.readAfter(from - 1, PAGE);
    if (deps.isStopped()) return;
    counters.restarts += 1;
    limiter.warn("the log has begun anew: its numbers mean something else than what was delivered", { last, former });
    head = last;
    shortened = undefined;
    memory.clear();
    // The log may have begun anew once more between the two answers.
    memory.giveUp({ from, to: last });
    for (const entry of entries) if (entry.seq <= last) memory.remember(entry);
    listener.onRestart({ at: last, former });
  };

  /** Whether the log, which begins with this entry, may be another than the one that was delivered up to the head. */
  const isDoubtful = (first: LogEntry): boolean => {
    if (first.seq <= head) return memory.contradicts(first);
    // The head's own entry is gone, so nothing shows that what follows belongs to it.
    return first.seq === head + 1 && head > 0;
  };

  /** Resolves to the number of new entries that the log gave. */
  const readPage = async (): Promise<number> => {
    // From the head's own entry on: whether it is still the same tells whether the log is.
    const entries = await broker.readAfter(Math.max(0, head - 1), PAGE + 1);
    const [first] = entries;
    if (begun && first !== undefined && isDoubtful(first)) {
      await restart();
      return 0;
    }
    let read = 0;
    for (const entry of entries) {
      if (deps.isStopped()) return 0;
      if (begun && entry.seq <= head) continue;
      if (!begun) begin(entry.seq - 1);
      skipTo(entry.seq - 1);
      head = entry.seq;
      memory.remember(entry);
      counters.entries += 1;
      read += 1;
      listener.onEntry(entry, started ? "live" : "history");
    }
    return read;
  };

  const isOfAnotherHistory = async (seq: number): Promise<boolean> => {
    const [entry] = await broker.readAfter(seq - 1, 1);
    return entry !== undefined && memory.contradicts(entry);
  };

  /** Resolves to the end of the log. */
  const settle = async (): Promise<number> => {
    const last = await broker.lastSeq();
    if (deps.isStopped()) return last;
    if (last >= head) {
      shortened = undefined;
      return last;
    }
    if (shortened === undefined) {
      counters.rewinds += 1;
      limiter.warn("the log is shorter than what was delivered: it was emptied", { last, head });
    }
    if (shortened?.last !== last) shortened = { last, since: deps.now() };
    if (last === 0) return last;
    const stands = deps.now() - shortened.since >= STANDSTILL_MS;
    if (stands || (await isOfAnotherHistory(last))) await restart();
    return last;
  };

  return {
    get head() {
      return head;
    },
    get started() {
      return started;
    },
    async readUpTo(claimed) {
      const { restarts } = counters;
      while ((await readPage()) >= PAGE);
      if (started && claimed > 0 && claimed <= head) return head;
      const last = await settle();
      const behind = () => head < last && counters.restarts === restarts;
      while (behind() && (await readPage()) > 0);
      if (deps.isStopped()) return last;
      // What `last` says may be of a history that has ended meanwhile.
      if (counters.restarts !== restarts) return head;
      if (!begun) begin(last);
      skipTo(last);
      started = true;
      return last;
    },
  };
}
