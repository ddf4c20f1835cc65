import type { Audience, Notification } from "@espigon/event_contracts";

/** Statistics hints of one audience that pass one by one within this many milliseconds … */
const WINDOW_MS = 100;
/** … before the rest of the window is merged into one, and each later window until one is calm again. */
const ABOVE = 10;

/** A merged hint that waits for the end of its window. */
type Held = { notification: Notification; merged: number; firstSeq: number | undefined };

type Window = { start: number; count: number; hot: boolean; audience: Audience; held: Held | undefined };

export type Conflation = {
  /** Takes a statistics hint in. Returns false when it has to leave now, one by one. */
  hold(audience: Audience, notification: Notification): boolean;
  /** Takes out what is due by now, or all that fits. */
  release(
    which: "due" | ((audience: Audience) => boolean),
  ): readonly { notification: Notification; audience: Audience }[];
  /** When the next held hint is due, in milliseconds since 1970. */
  nextDue(): number | undefined;
  /** The lowest seq that is held. */
  oldestSeq(): number | undefined;
};

/**
 * Merges the statistics hints of one audience and type when there are more of them than a dashboard could use: the
 * newest stands for all, with their number in `metadata.count`, at most one in 100 ms.
 */
export function createConflation(now: () => number): Conflation {
  const windows = new Map<string, Window>();
  const holding = new Set<Window>();

  /** How long ago a window began. One that begins in the future, since the clock was set back, is over. */
  const ageOf = ({ start }: Window): number => {
    const age = now() - start;
    return age < 0 ? Infinity : age;
  };

  const enter = (audience: Audience, type: string): Window => {
    const key = `${audience} ${type}`;
    const time = now();
    let window = windows.get(key);
    if (window === undefined) {
      if (windows.size >= 10_000) forgetCalm(windows, time);
      window = { start: time, count: 0, hot: false, audience, held: undefined };
      windows.set(key, window);
    } else if (ageOf(window) >= WINDOW_MS) {
      window.hot = window.count > ABOVE && ageOf(window) < 2 * WINDOW_MS;
      window.start = time;
      window.count = 0;
    }
    window.count += 1;
    return window;
  };

  return {
    hold(audience, notification) {
      const window = enter(audience, notification.type);
      const { held } = window;
      if (!window.hot && window.count <= ABOVE && held === undefined) return false;
      window.held = {
        notification: { ...notification, ...seqOf(notification.seq ?? held?.notification.seq) },
        merged: (held?.merged ?? 0) + 1,
        firstSeq: held?.firstSeq ?? notification.seq,
      };
      holding.add(window);
      return true;
    },
    release(which) {
      const released: { notification: Notification; audience: Audience }[] = [];
      for (const window of holding) {
        const { held, audience } = window;
        const fits = which === "due" ? ageOf(window) >= WINDOW_MS : which(audience);
        if (held === undefined || !fits) continue;
        window.held = undefined;
        holding.delete(window);
        released.push({ notification: counted(held), audience });
      }
      return released;
    },
    nextDue() {
      let due: number | undefined;
      const time = now();
      for (const { start } of holding) due = Math.min(due ?? Infinity, start > time ? time : start + WINDOW_MS);
      return due;
    },
    oldestSeq() {
      let oldest: number | undefined;
      for (const { held } of holding) {
        if (held?.firstSeq !== undefined) oldest = Math.min(oldest ?? Infinity, held.firstSeq);
      }
      return oldest;
    },
  };
}

function counted({ notification, merged }: Held): Notification {
  return merged === 1 ? notification : { ...notification, metadata: { ...notification.metadata, count: merged } };
}

function seqOf(seq: number | undefined): { seq?: number } {
  return seq === undefined ? {} : { seq };
}

function forgetCalm(windows: Map<string, Window>, time: number): void {
  for (const [key, window] of windows) {
    if (window.held === undefined && time - window.start >= 2 * WINDOW_MS) windows.delete(key);
  }
}
