import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the event loop is asked, in milliseconds: 0.1 % of a core for each monitor. */
const RESOLUTION_MS = 50;

/** How long a delay is told at most; half of it at least. A scraper that comes every 30 s misses none. */
export const LOOP_WINDOW_MS = 60_000;

type Monitor = { readonly max: number; readonly percentile: (percent: number) => number; readonly reset: () => void };

type LoopDelaysDeps = {
  /** Begins to measure, in nanoseconds. */
  readonly monitor?: () => Monitor;
  readonly every?: (ms: number, run: () => void) => void;
};

export type LoopDelays = {
  /** In seconds. */
  readonly percentile: (percent: number) => number;
  readonly longest: () => number;
};

/**
 * The delays of the event loop over the last 30 to 60 s, whoever reads them and how often. Of two monitors, each emptied once in a
 * window and in turns, the one that has measured for longer is told.
 */
export function createLoopDelays({ monitor = monitorLoop, every = everyUnheld }: LoopDelaysDeps = {}): LoopDelays {
  let told = monitor();
  let next = monitor();
  every(LOOP_WINDOW_MS / 2, () => {
    told.reset();
    [told, next] = [next, told];
  });
  return {
    percentile: (percent) => told.percentile(percent) / 1e9,
    longest: () => told.max / 1e9,
  };
}

function monitorLoop(): Monitor {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  return monitor;
}

/** Does not keep the process alive. */
function everyUnheld(ms: number, run: () => void): void {
  setInterval(run, ms).unref();
}
