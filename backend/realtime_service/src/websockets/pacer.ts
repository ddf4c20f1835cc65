import { type Audience, audiencesOf, type Notification } from "@espigon/event_contracts";
import type { Conflation } from "./conflation.ts";

/** Under load, frames leave in ticks this far apart, in milliseconds: the cost is one write per socket per tick. */
const TICK_MS = 8;
/** A tick that has grown to this many notifications leaves at once. */
const MAX_WAITING = 1000;

export type PacerDeps = {
  /** Sends a notification to its audiences, now. */
  readonly send: (notification: Notification, audiences: readonly Audience[]) => void;
  readonly conflation: Conflation;
  /** Whether one socket may hear both audiences. */
  readonly shareSocket: (one: Audience, other: Audience) => boolean;
  readonly now: () => number;
};

export type Pacer = {
  push(notification: Notification): void;
  /** Sends what waits for the tick, and all that is merged too. */
  flush(): void;
  /** The lowest seq that has not left yet. */
  oldestSeq(): number | undefined;
  stop(): void;
};

/**
 * Decides when notifications leave: after a pause at once, under load in ticks, statistics merged when their rate asks
 * for it. To one socket, seqs never go down: a client that has seen N and comes back may take all up to N as told.
 * Therefore a merged hint leaves before any later notification that one of its sockets may hear.
 */
export function createPacer(deps: PacerDeps): Pacer {
  const { send, conflation, shareSocket, now } = deps;
  let waiting: Notification[] = [];
  let lastTick = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let scheduled = false;
  let stopped = false;

  const sendReleased = (which: Parameters<Conflation["release"]>[0]) => {
    for (const { notification, audience } of conflation.release(which)) send(notification, [audience]);
  };

  const tick = () => {
    scheduled = false;
    clearTimeout(timer);
    timer = undefined;
    if (stopped) return;
    lastTick = now();
    const leaving = waiting;
    waiting = [];
    const lastStatistics = new Map<Audience, number>();
    for (const [index, notification] of leaving.entries()) {
      const [first] = audiencesOf(notification);
      if (first !== undefined && isStatistics(notification)) lastStatistics.set(first, index);
    }
    for (const [index, notification] of leaving.entries()) {
      const audiences = audiencesOf(notification);
      const [first] = audiences;
      if (first !== undefined && isStatistics(notification) && conflation.hold(first, notification)) continue;
      // A held hint may let this one pass only if a newer one takes its place within the same tick.
      sendReleased(
        (held) =>
          (lastStatistics.get(held) ?? -1) <= index && audiences.some((audience) => shareSocket(held, audience)),
      );
      send(notification, audiences);
    }
    sendReleased("due");
    schedule();
  };

  const schedule = () => {
    if (scheduled || stopped) return;
    const time = now();
    clearTimeout(timer);
    if (waiting.length > 0) {
      scheduled = true;
      const wait = lastTick + TICK_MS - time;
      // More than a tick away it can only be when the clock was set back.
      if (wait <= 0 || wait > TICK_MS) queueMicrotask(tick);
      else timer = setTimeout(tick, wait);
      return;
    }
    const due = conflation.nextDue();
    if (due !== undefined) timer = setTimeout(tick, Math.max(0, due - time));
  };

  return {
    push(notification) {
      waiting.push(notification);
      if (waiting.length >= MAX_WAITING) tick();
      else schedule();
    },
    flush() {
      tick();
      sendReleased(() => true);
    },
    oldestSeq() {
      const first = waiting.find(({ seq }) => seq !== undefined)?.seq;
      const held = conflation.oldestSeq();
      return first === undefined || held === undefined ? (first ?? held) : Math.min(first, held);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function isStatistics(notification: Notification): boolean {
  return notification.type === "ADMIN_STATS_UPDATED" || notification.type === "SELLER_STATS_UPDATED";
}
