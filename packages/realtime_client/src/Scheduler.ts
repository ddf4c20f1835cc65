/** Cancels what was scheduled; harmless afterwards. */
export type Cancel = () => void;

/** Time as an argument, so that tests own it. Milliseconds. */
export type Scheduler = {
  readonly now: () => number;
  /** Runs once, `delayMs` from now, never within the call. */
  readonly after: (delayMs: number, run: () => void) => Cancel;
};

export const systemScheduler: Scheduler = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
