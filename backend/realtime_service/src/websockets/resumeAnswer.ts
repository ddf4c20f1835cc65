import type { Audience } from "@espigon/event_contracts";
import type { DirtyIndex } from "./dirtyIndex.ts";
import { staleHint } from "./staleRecord.ts";

/** With more stale keys than this, reading everything again is cheaper than being told what. */
const MAX_DIRTY_EVENTS = 500;

export type ResumeAnswer =
  | { readonly type: "DIRTY"; readonly since: number; readonly seq: number; readonly events: readonly object[] }
  | { readonly type: "RESYNC"; readonly reason: "beyond_window" | "unknown_seq"; readonly seq: number };

/** Seqs `from < seq ≤ to` are of two histories, since the log began anew. */
export type VoidedSeqs = { readonly from: number; readonly to: number };

/**
 * What a connection that has applied everything up to `since` must be told. `known`: the end of the log as this node
 * knows it. `settled`: everything up to it has left for the sockets; of what lies between, some has and some has not,
 * since merged hints are held. DIRTY tells all that has, and the rest comes as ordinary frames. RESYNC tells nothing, so
 * it covers all: what has left before this connection was there comes no more.
 */
export function resumeAnswer(
  index: DirtyIndex,
  asked: { audiences: readonly Audience[]; since: number; known: number; settled: number; voided: VoidedSeqs },
): ResumeAnswer {
  const { since, known, settled, voided } = asked;
  const isVoid = since > voided.from && since <= voided.to;
  if (since > known || isVoid) return { type: "RESYNC", reason: "unknown_seq", seq: known };
  const stale = index.staleSince(asked.audiences, since);
  if (stale === undefined || stale.length > MAX_DIRTY_EVENTS) {
    return { type: "RESYNC", reason: "beyond_window", seq: known };
  }
  return { type: "DIRTY", since, seq: Math.max(since, settled), events: stale.map(staleHint) };
}
