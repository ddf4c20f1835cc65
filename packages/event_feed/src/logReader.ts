import type { Broker } from "./Broker.ts";
import type { FeedCounters, FeedListener } from "./Feed.ts";
import type { LogLimiter } from "./logLimiter.ts";

/** Entries in one read. A page of large entries stays a few megabytes. */
const PAGE = 500;

export type LogReaderDeps = {
  readonly broker: Broker;
  readonly listener: FeedListener;
  readonly counters: FeedCounters;
  readonly limiter: LogLimiter;
  readonly isStopped: () => boolean;
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

/** Reads the log once, from the start of its window on, and tells its holes. One call at a time. */
export function createLogReader(deps: LogReaderDeps): LogReader {
  const { broker, listener, counters, limiter } = deps;
  let head = 0;
  let begun = false;
  let started = false;
  let rewound = false;

  const skipTo = (seq: number) => {
    if (seq <= head) return;
    if (begun) {
      counters.gaps += 1;
      limiter.warn("the log no longer holds seqs that were not delivered", { from: head + 1, to: seq });
      listener.onGap({ from: head + 1, to: seq });
    }
    head = seq;
  };

  const begin = (seq: number) => {
    head = seq;
    listener.onStart?.(seq);
    begun = true;
  };

  /** Resolves to the number of entries that the log gave. */
  const readPage = async (): Promise<number> => {
    const entries = await broker.readAfter(head, PAGE);
    for (const entry of entries) {
      if (deps.isStopped()) return 0;
      if (!begun) begin(entry.seq - 1);
      skipTo(entry.seq - 1);
      head = entry.seq;
      counters.entries += 1;
      listener.onEntry(entry, started ? "live" : "history");
    }
    return entries.length;
  };

  const settle = async (): Promise<number> => {
    const last = await broker.lastSeq();
    if (deps.isStopped()) return last;
    if (last < head && !rewound) {
      counters.rewinds += 1;
      limiter.warn("the log is shorter than what was delivered: it was emptied", { last, head });
    }
    rewound = last < head;
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
      while ((await readPage()) >= PAGE);
      if (started && claimed > 0 && claimed <= head) return head;
      const last = await settle();
      const behind = () => head < last;
      while (behind() && (await readPage()) > 0);
      if (deps.isStopped()) return last;
      if (!begun) begin(last);
      skipTo(last);
      started = true;
      return last;
    },
  };
}
