import { createLruMap } from "./lruMap.ts";
import type { ScopeHeads } from "./ScopeHeads.ts";
import type { Answer, AnswerSource, Demand, Versioned, VersionedCache } from "./VersionedCache.ts";

/** Pauses between reads for a floor that is not reached yet, in milliseconds: doubling from the first to the last. */
const FIRST_PAUSE_MS = 25;
const LAST_PAUSE_MS = 400;

export type VersionedCacheDeps = {
  readonly heads: ScopeHeads;
  readonly maxEntries: number;
  /** How long to wait for a floor, in milliseconds. */
  readonly waitMs: number;
  /** An upper bound on an entry's age, in milliseconds, against changes that no event tells of (a rebuild, a rename). */
  readonly maxAgeMs: number;
  /** Whether a failed read says nothing about the readers who joined it, such as a refused token. */
  readonly concernsReaderOnly: (error: unknown) => boolean;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
};

/** `number` counts reads in the order in which they began; `history` is that of the log when they did. */
type Read = { readonly number: number; readonly history: number };
type Flight = Read & { readonly answer: Promise<Versioned<unknown>> };
type Entry = Read & Versioned<unknown> & { readonly keptAt: number };

export function createVersionedCache(deps: VersionedCacheDeps): VersionedCache {
  const entries = createLruMap<Entry>(deps.maxEntries);
  const flights = new Map<string, Flight>();
  let begun = 0;

  const tooOld = (entry: Entry) => deps.now() - entry.keptAt >= deps.maxAgeMs;

  const isOfNow = ({ history }: Read) => history === deps.heads.history;

  function keep(key: string, read: Read, { asOf, value }: Versioned<unknown>): void {
    const kept = entries.get(key);
    if (kept !== undefined && isOfNow(kept) && kept.asOf > asOf && !tooOld(kept)) return;
    entries.set(key, { ...read, asOf, value, keptAt: deps.now() });
  }

  function begin(key: string, demand: Demand<unknown>): Flight {
    const read = { number: (begun += 1), history: deps.heads.history };
    const landed = async () => {
      const answer = await demand.read();
      keep(key, read, answer);
      return answer;
    };
    const flight = { ...read, answer: landed().finally(() => flights.delete(key)) };
    flights.set(key, flight);
    return flight;
  }

  async function get<Value>(demand: Demand<Value>): Promise<Answer<Value>> {
    const arrival = begun;
    const deadline = deps.now() + deps.waitMs;
    const { healthy, history } = deps.heads;
    const key = healthy ? demand.key : JSON.stringify([demand.key, demand.reader]);
    const known = healthy ? deps.heads.lastSeqOf(demand.audience) : 0;
    /** A read that began after this demand cannot be bettered: only the floor binds it. */
    const leastOf = (read: Read) =>
      read.number > arrival || read.history !== history ? demand.floor : Math.max(demand.floor, known);
    // The key names the value completely, so what lies under it is of this demand's type.
    const fresh = (source: AnswerSource, { asOf, value }: Versioned<unknown>): Answer<Value> => ({
      kind: "fresh",
      source,
      asOf,
      value: value as Value,
    });

    for (let pauseMs = FIRST_PAUSE_MS; ;) {
      const entry = entries.get(key);
      const trusted = entry !== undefined && isOfNow(entry) && (entry.number > arrival || (healthy && !tooOld(entry)));
      if (trusted && entry.asOf >= leastOf(entry)) return fresh("cache", entry);

      const flying = flights.get(key);
      const flight = flying ?? begin(key, demand);
      let answer: Versioned<unknown>;
      try {
        answer = await flight.answer;
      } catch (error) {
        if (flying === undefined || !deps.concernsReaderOnly(error)) throw error;
        continue;
      }
      if (!isOfNow(flight)) continue;
      if (answer.asOf >= leastOf(flight)) return fresh(flying === undefined ? "read" : "joined", answer);
      if (flight.number <= arrival) continue;

      const left = deadline - deps.now();
      if (left <= 0) return { kind: "stale", asOf: answer.asOf };
      await deps.pause(Math.min(pauseMs, left));
      pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS);
    }
  }

  return { get };
}
