import type { LogEntry } from "./Broker.ts";
import type { Gap } from "./Feed.ts";

/** Entries that are remembered: 1 MB. */
const SIZE = 65_536;
/** The instant of what was never seen: any other differs from it. */
const NEVER_SEEN = -Infinity;

export type LogMemory = {
  remember(entry: LogEntry): void;
  /** These seqs were given up: an entry that comes under one of them after all is a new one. */
  giveUp(gap: Gap): void;
  /** Whether another entry was delivered under this number. False when that is not known. */
  contradicts(entry: LogEntry): boolean;
  clear(): void;
};

/**
 * Remembers, of the newest seqs, the instant of each. One number with two instants is of two histories: a database that
 * was restored from a backup gives the lost numbers again, later. Of entries without notifications nothing is known.
 */
export function createLogMemory(): LogMemory {
  const seqs = new Float64Array(SIZE).fill(-1);
  const instants = new Float64Array(SIZE);
  const set = (seq: number, instant: number) => {
    seqs[seq % SIZE] = seq;
    instants[seq % SIZE] = instant;
  };
  return {
    remember: (entry) => set(entry.seq, instantOf(entry)),
    giveUp({ from, to }) {
      for (let seq = Math.max(from, to - SIZE + 1); seq <= to; seq += 1) set(seq, NEVER_SEEN);
    },
    contradicts(entry) {
      const index = entry.seq % SIZE;
      const [before = Number.NaN, now] = [instants[index], instantOf(entry)];
      return seqs[index] === entry.seq && !Number.isNaN(before) && !Number.isNaN(now) && before !== now;
    },
    clear: () => void seqs.fill(-1),
  };
}

/** In milliseconds since 1970; NaN for an entry that tells nothing. */
function instantOf({ notifications }: LogEntry): number {
  return Date.parse(notifications[0]?.at ?? "");
}
