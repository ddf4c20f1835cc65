import type { ScopeHeads } from "../cache/ScopeHeads.ts";

export type ScopeHeadsRecorder = ScopeHeads & {
  /** The log told these audiences something at `seq`. Calls come in ascending order. */
  record(seq: number, audiences: readonly string[]): void;
  /** What was told up to `seq` is not known: at the beginning, and after a gap that could not be filled. */
  forgetUpTo(seq: number): void;
  /** The log has begun anew and ends at `seq`: seqs of before mean nothing any more. */
  restartAt(seq: number): void;
  setHealthy(healthy: boolean): void;
};

/**
 * Remembers the last seq of at most `capacity` audiences, those told something last. For any other it answers an upper
 * bound: the seq up to which nothing is known, or that of the newest audience it forgot. So a kept answer is never
 * trusted too far. Unhealthy until told otherwise.
 */
export function createScopeHeads(capacity: number): ScopeHeadsRecorder {
  /** In the order of their seqs, since each is moved to the end when it is told something. */
  const lastSeqs = new Map<string, number>();
  let horizon = 0;
  let history = 0;
  let healthy = false;

  function forgetOldest(): void {
    const oldest = lastSeqs.entries().next();
    if (oldest.done) return;
    const [audience, seq] = oldest.value;
    lastSeqs.delete(audience);
    horizon = Math.max(horizon, seq);
  }

  return {
    get healthy() {
      return healthy;
    },
    get history() {
      return history;
    },
    lastSeqOf: (audience) => lastSeqs.get(audience) ?? horizon,
    record(seq, audiences) {
      for (const audience of audiences) {
        lastSeqs.delete(audience);
        lastSeqs.set(audience, seq);
        if (lastSeqs.size > capacity) forgetOldest();
      }
    },
    forgetUpTo(seq) {
      lastSeqs.clear();
      horizon = Math.max(horizon, seq);
    },
    restartAt(seq) {
      lastSeqs.clear();
      horizon = seq;
      history += 1;
    },
    setHealthy(value) {
      healthy = value;
    },
  };
}
