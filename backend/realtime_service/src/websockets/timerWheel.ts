/** How late a task may run, in milliseconds. */
const GRANULARITY_MS = 50;

export type TimerWheel = {
  /** Runs `task` once at `time` (milliseconds since 1970) or up to 50 ms later. Returns what cancels it. */
  at(time: number, task: () => void): () => void;
  /** Runs what is due; a node's interval calls it. */
  readonly turn: () => void;
  readonly start: () => void;
  readonly stop: () => void;
};

/** One timer for the deadlines of all connections: setting and cancelling one costs a set entry, not a timer. */
export function createTimerWheel(now: () => number): TimerWheel {
  const slots = new Map<number, Set<() => void>>();
  let turned = slotOf(now());
  let timer: ReturnType<typeof setInterval> | undefined;

  const wheel: TimerWheel = {
    at(time, task) {
      const slot = Math.max(slotOf(time), turned + 1);
      const run = () => task();
      const tasks = slots.get(slot) ?? new Set();
      slots.set(slot, tasks.add(run));
      return () => void tasks.delete(run);
    },
    turn() {
      const current = slotOf(now());
      while (turned < current) {
        turned += 1;
        const tasks = slots.get(turned);
        slots.delete(turned);
        for (const task of tasks ?? []) task();
      }
    },
    start() {
      timer ??= setInterval(wheel.turn, GRANULARITY_MS);
    },
    stop() {
      clearInterval(timer);
      slots.clear();
    },
  };
  return wheel;
}

function slotOf(time: number): number {
  return Math.ceil(time / GRANULARITY_MS);
}
