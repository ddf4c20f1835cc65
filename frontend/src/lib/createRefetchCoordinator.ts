import type { Cancel, Scheduler } from "@espigon/realtime_client";
import type { RefetchCoordinator, RefetchState } from "./RefetchCoordinator.ts";
import { createRefetchGap } from "./refetchGap.ts";

const SPREAD_MS = 1_000;
const RETRY_BASE_MS = 500;
const RETRY_CAP_MS = 30_000;
/** How old an answer may be that a page shows again: some compare with the time of day, which no number tells. */
const SHOWN_AGAIN_MS = 60_000;

export type RefetchDeps = {
  readonly scheduler: Scheduler;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly isVisible: () => boolean;
  /** Reads once, at least up to `floor`; resolves to the `asOf` of the answer. Must end by itself in bounded time. */
  readonly load: (floor: number, signal: AbortSignal) => Promise<number>;
  /** Whether a repeat of the same request is bound to fail too. */
  readonly isFinal: (error: Error) => boolean;
};

type Request = { readonly floor: number; readonly at: number; readonly epoch: number };

/** Starts with a first read. */
export function createRefetchCoordinator(deps: RefetchDeps): RefetchCoordinator {
  const { scheduler, random } = deps;
  const gap = createRefetchGap();
  const abort = new AbortController();
  const listeners = new Set<() => void>();
  let state: RefetchState = { inFlight: false, error: undefined, shown: null, staleSince: null, answeredAt: null };
  let want = 0;
  /** A request that starts from now on is needed, whatever the numbers say. */
  let forced = true;
  let startedAt = Number.NEGATIVE_INFINITY;
  let notBefore = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let halted = false;
  let epoch = 0;
  let cancelTimer: Cancel | undefined;

  const update = (change: Partial<RefetchState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const isBehind = () => forced || state.shown === null || state.shown < want;

  const schedule = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (abort.signal.aborted || state.inFlight || halted || !isBehind()) return;
    if (!deps.isVisible() && state.answeredAt !== null) return;
    const wait = Math.max(startedAt + gap.current(), notBefore) - scheduler.now();
    if (wait > 0) cancelTimer = scheduler.after(wait, schedule);
    else start();
  };

  const start = (): void => {
    const request: Request = { floor: want, at: scheduler.now(), epoch };
    startedAt = request.at;
    forced = false;
    update({ inFlight: true });
    void run(request);
  };

  const run = async (request: Request): Promise<void> => {
    let outcome: { readonly asOf: number } | { readonly error: Error };
    try {
      outcome = { asOf: await deps.load(request.floor, abort.signal) };
    } catch (error) {
      outcome = { error: error instanceof Error ? error : new Error(String(error)) };
    }
    if (abort.signal.aborted) return;
    if ("error" in outcome) failed(outcome.error);
    else answered(request, outcome.asOf);
  };

  const answered = (request: Request, asOf: number): void => {
    failures = 0;
    const ofThisEpoch = request.epoch === epoch;
    const shown = ofThisEpoch ? Math.max(asOf, state.shown ?? 0) : state.shown;
    const behind = shown === null || shown < want;
    if (behind) gap.behind();
    const staleSince = asOf >= request.floor && ofThisEpoch ? request.at : state.staleSince;
    update({
      inFlight: false,
      error: undefined,
      shown,
      staleSince: behind || forced ? (staleSince ?? request.at) : null,
      answeredAt: scheduler.now(),
    });
    schedule();
  };

  const failed = (error: Error): void => {
    failures += 1;
    forced = true;
    halted = deps.isFinal(error);
    const ceiling = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** Math.min(failures - 1, 16));
    notBefore = scheduler.now() + ceiling * (0.5 + random() / 2);
    // What is not there, or not theirs, has no figures that could be stale.
    update({ inFlight: false, error, staleSince: halted ? null : (state.staleSince ?? startedAt) });
    schedule();
  };

  const touched = (spread: boolean): void => {
    halted = false;
    gap.heard(scheduler.now());
    if (spread && !isWaiting()) notBefore = Math.max(notBefore, scheduler.now() + random() * SPREAD_MS);
    if (state.staleSince === null && isBehind()) update({ staleSince: scheduler.now() });
    schedule();
  };
  const isWaiting = () => cancelTimer !== undefined;

  schedule();
  return {
    hint(seq, options) {
      if (seq <= want && !halted) return;
      want = Math.max(want, seq);
      touched(options?.spread === true);
    },
    refetch(options) {
      forced = true;
      if (options?.spread !== true) notBefore = Number.NEGATIVE_INFINITY;
      touched(options?.spread === true);
    },
    restart(seq) {
      epoch += 1;
      want = seq;
      forced = true;
      update({ shown: null, staleSince: state.staleSince ?? scheduler.now() });
      touched(true);
    },
    recover() {
      if (state.error === undefined || halted) return;
      notBefore = scheduler.now() + random() * SPREAD_MS;
      schedule();
    },
    wake() {
      const { answeredAt } = state;
      if (deps.isVisible() && answeredAt !== null && scheduler.now() - answeredAt >= SHOWN_AGAIN_MS) forced = true;
      schedule();
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      cancelTimer?.();
      abort.abort();
      listeners.clear();
    },
  };
}
