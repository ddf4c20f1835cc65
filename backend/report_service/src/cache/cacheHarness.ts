import { createVersionedCache, type VersionedCacheDeps } from "./createVersionedCache.ts";
import type { Demand, Versioned } from "./VersionedCache.ts";

/** Concerns its own reader only. */
export class RefusedToken extends Error {}

/** A cache on a hand-driven clock, over a truth whose reads the test answers one by one. */
export function cacheHarness(overrides: Partial<VersionedCacheDeps> = {}) {
  const state = { now: 0, healthy: true, history: 0, head: 0, paused: 0 };
  const reads: PromiseWithResolvers<Versioned<string>>[] = [];
  const cache = createVersionedCache({
    heads: {
      get healthy() {
        return state.healthy;
      },
      get history() {
        return state.history;
      },
      lastSeqOf: () => state.head,
    },
    maxEntries: 10,
    waitMs: 2_000,
    maxAgeMs: 60_000,
    concernsReaderOnly: (error) => error instanceof RefusedToken,
    now: () => state.now,
    pause: async (ms) => {
      state.now += ms;
      state.paused += 1;
    },
    ...overrides,
  });
  const demand = (fields: Partial<Demand<string>> = {}): Demand<string> => ({
    key: "k",
    reader: "r",
    audience: "seller:1",
    floor: 0,
    read() {
      const read = Promise.withResolvers<Versioned<string>>();
      reads.push(read);
      return read.promise;
    },
    ...fields,
  });
  const settle = () => Bun.sleep(0);
  return { cache, state, reads, demand, settle };
}
