import type { Audience } from "@espigon/event_contracts";
import type { StaleRecord } from "./staleRecord.ts";

/** Stale keys kept for one audience, and for the node: some 25 MB when full. */
const MAX_KEYS_PER_AUDIENCE = 2000;
const MAX_KEYS = 200_000;

type Shelf = {
  /** Keys that went stale at or below this seq may be forgotten. */
  horizon: number;
  last: number;
  /** By key, the one that went stale longest ago first. */
  readonly keys: Map<string, StaleRecord>;
};

export type DirtyIndex = {
  note(audience: Audience, record: StaleRecord): void;
  /** The last seq of an audience; 0 when none is known. */
  lastSeq(audience: Audience): number;
  /** What went stale after `seq` in any of the audiences, by seq; `undefined` when that is no longer known. */
  staleSince(audiences: readonly Audience[], seq: number): readonly StaleRecord[] | undefined;
  /** Nothing is known of what happened at or below `seq`. */
  forgetUpTo(seq: number): void;
  /** The log has begun anew and ends at `seq`: nothing is known. */
  restartAt(seq: number): void;
  readonly size: number;
};

/**
 * Per audience, which keys went stale and when: it answers RESUME in the number of stale keys instead of the number
 * of missed events. Bounded: what is pushed out raises the horizon, below which the answer is "unknown".
 */
export function createDirtyIndex(limits: { perAudience?: number; total?: number } = {}): DirtyIndex {
  const perAudience = limits.perAudience ?? MAX_KEYS_PER_AUDIENCE;
  const total = limits.total ?? MAX_KEYS;
  /** The audience that was told something longest ago comes first. */
  const shelves = new Map<Audience, Shelf>();
  /** The horizon of audiences that have no shelf. */
  let horizon = 0;
  let size = 0;

  const dropOldestShelves = () => {
    for (const [audience, shelf] of shelves) {
      if (size <= total || shelves.size === 1) return;
      shelves.delete(audience);
      size -= shelf.keys.size;
      horizon = Math.max(horizon, shelf.last);
    }
  };

  return {
    note(audience, record) {
      const shelf = shelves.get(audience) ?? { horizon, last: 0, keys: new Map<string, StaleRecord>() };
      shelves.delete(audience);
      shelves.set(audience, shelf);
      shelf.last = Math.max(shelf.last, record.seq);
      if (!shelf.keys.delete(record.key)) size += 1;
      shelf.keys.set(record.key, record);
      if (shelf.keys.size > perAudience) {
        const [oldest] = shelf.keys.values();
        if (oldest !== undefined) {
          shelf.keys.delete(oldest.key);
          shelf.horizon = Math.max(shelf.horizon, oldest.seq);
          size -= 1;
        }
      }
      dropOldestShelves();
    },
    lastSeq: (audience) => shelves.get(audience)?.last ?? 0,
    staleSince(audiences, seq) {
      const stale = new Map<string, StaleRecord>();
      for (const audience of audiences) {
        const shelf = shelves.get(audience);
        if (seq < (shelf?.horizon ?? horizon)) return undefined;
        if (shelf === undefined || shelf.last <= seq) continue;
        for (const [key, record] of shelf.keys) {
          if (record.seq > Math.max(seq, stale.get(key)?.seq ?? 0)) stale.set(key, record);
        }
      }
      return [...stale.values()].sort((one, other) => one.seq - other.seq);
    },
    forgetUpTo(seq) {
      horizon = Math.max(horizon, seq);
      for (const shelf of shelves.values()) shelf.horizon = Math.max(shelf.horizon, seq);
    },
    restartAt(seq) {
      shelves.clear();
      size = 0;
      horizon = seq;
    },
    get size() {
      return size;
    },
  };
}
