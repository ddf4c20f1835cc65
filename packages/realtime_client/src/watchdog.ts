import type { Cancel, Scheduler } from "./Scheduler.ts";

export type WatchdogDeps = {
  readonly scheduler: Scheduler;
  /** How much silence is too much to leave unasked, in milliseconds. Asked anew after each sign of life. */
  readonly probeAfterMs: () => number;
  /** How long an asked server may take, in milliseconds. */
  readonly answerWithinMs: number;
  /** Asks the server for a sign of life. */
  readonly probe: () => void;
  /** No sign of life: the link is dead, whatever the socket says. Called once; the watchdog has stopped. */
  readonly onDead: () => void;
};

export type Watchdog = {
  /** A frame arrived. */
  readonly heard: () => void;
  /** Asks now, instead of after the silence. */
  readonly check: () => void;
  readonly stop: () => void;
};

/** Tells a quiet link from a dead one. A half-open socket gives no error, only silence. */
export function createWatchdog(deps: WatchdogDeps): Watchdog {
  const { scheduler } = deps;
  let heardAt = scheduler.now();
  let asked = false;
  let cancel: Cancel = () => {};
  let stopped = false;

  const waitForSilence = (): void => {
    cancel = scheduler.after(Math.max(0, heardAt + deps.probeAfterMs() - scheduler.now()), () => {
      if (scheduler.now() - heardAt < deps.probeAfterMs()) waitForSilence();
      else ask();
    });
  };
  const ask = (): void => {
    asked = true;
    cancel();
    cancel = scheduler.after(deps.answerWithinMs, () => {
      stopped = true;
      deps.onDead();
    });
    deps.probe();
  };

  waitForSilence();
  return {
    heard() {
      heardAt = scheduler.now();
      if (!asked || stopped) return;
      asked = false;
      cancel();
      waitForSilence();
    },
    check() {
      if (!asked && !stopped) ask();
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
