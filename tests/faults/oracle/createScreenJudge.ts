import type { Shown } from "../model/createDashboard.ts";
import type { Figures } from "../model/Figures.ts";

/** The seqs, both inclusive, at which a scope had certain figures; `last` is infinite for those of now. */
type Span = { readonly first: number; last: number };
/** A screen and whose figures it shows. */
export type Watcher = { readonly name: string; readonly scope: string | undefined };

/** Judges what was shown by what the log says: figures of a moment that was, not before their `asOf`, never going back. */
export type ScreenJudge = {
  /** To be told in order of every seq that touches a scope, with the figures of the scope at it. */
  readonly note: (scope: string, seq: number, figures: Figures) => void;
  /** Judges what a client was shown, in order; what it names must have been noted. */
  readonly judge: (watcher: Watcher, shown: readonly Shown[]) => void;
  readonly backwardSteps: () => number;
  readonly faults: readonly string[];
};

const MOST_FAULTS = 10;
/** Moments of a scope that are remembered: more than any screen is late. */
const MOST_MOMENTS = 100_000;

export function createScreenJudge(): ScreenJudge {
  const scopes = new Map<string, Map<string, Span>>();
  const current = new Map<string, Span>();
  /** By client: the first seq at which what it shows now was so. */
  const shownFrom = new Map<string, number>();
  const faults: string[] = [];
  let backwardSteps = 0;

  const blame = (fault: string): void => {
    if (faults.length < MOST_FAULTS) faults.push(fault);
  };
  return {
    note(scope, seq, figures) {
      const moments = scopes.get(scope) ?? new Map<string, Span>();
      scopes.set(scope, moments);
      const key = fingerprint(figures);
      const before = current.get(scope);
      if (before !== undefined) before.last = seq - 1;
      const span = moments.get(key) ?? { first: seq, last: seq };
      span.last = Number.POSITIVE_INFINITY;
      moments.set(key, span);
      current.set(scope, span);
      const oldest = moments.keys().next();
      if (moments.size > MOST_MOMENTS && oldest.done === false) moments.delete(oldest.value);
    },
    judge({ name, scope }, shown) {
      const moments = scopes.get(scope ?? "");
      for (const { asOf, figures } of shown) {
        const span = moments?.get(fingerprint(figures));
        if (span === undefined) {
          blame(`${name} was shown figures that never were, asOf ${asOf}: ${JSON.stringify(figures)}`);
          continue;
        }
        if (span.last < asOf) blame(`${name} was shown figures of seq ${span.last} as those of ${asOf}`);
        const before = shownFrom.get(name) ?? 0;
        if (span.last < before) {
          backwardSteps += 1;
          blame(`${name} was shown figures of seq ${span.last}, asOf ${asOf}, after those of ${before}`);
        }
        shownFrom.set(name, span.first);
      }
    },
    backwardSteps: () => backwardSteps,
    faults,
  };
}

/** Figures that are zero may be absent. `pendingVerification` follows from the states. */
function fingerprint(figures: Figures): string {
  const counted = Object.entries(figures).filter(([name, value]) => value !== 0 && name !== "pendingVerification");
  return JSON.stringify(counted.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
