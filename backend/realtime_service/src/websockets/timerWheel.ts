/** How late a task may run, in milliseconds. */
const GRANULARITY_MS = 50;

/** Something to be done once. Plain data without a closure, since each connection has some. */
export type TimerTask<Subject = unknown> = {
  run(subject: Subject): void;
  readonly subject: Subject;
  cancelled: boolean;
};

export type TimerWheel = {
  /** Runs `run(subject)` once at `time` (milliseconds since 1970) or up to 50 ms later, unless it is cancelled. */
  at<Subject>(time: number, run: (subject: Subject) => void, subject: Subject): TimerTask<Subject>;
  /** Runs what is due; the wheel's own interval calls it. */
  readonly turn: () => void;
  readonly start: () => void;
  readonly stop: () => void;
};

/** One timer for the deadlines of all connections. */
export function createTimerWheel(now: () => number): TimerWheel {
  const slots = new Map<number, TimerTask[]>();
  let turned = slotOf(now());
  let timer: ReturnType<typeof setInterval> | undefined;

  const wheel: TimerWheel = {
    at(time, run, subject) {
      const slot = Math.max(slotOf(time), turned + 1);
      const task: TimerTask<typeof subject> = { run, subject, cancelled: false };
      const tasks = slots.get(slot);
      if (tasks === undefined) slots.set(slot, [task]);
      else tasks.push(task);
      return task;
    },
    turn() {
      const current = slotOf(now());
      while (turned < current) {
        turned += 1;
        const tasks = slots.get(turned);
        slots.delete(turned);
        for (const task of tasks ?? []) if (!task.cancelled) task.run(task.subject);
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

export function cancelTask(task: { cancelled: boolean } | undefined): void {
  if (task !== undefined) task.cancelled = true;
}

function slotOf(time: number): number {
  return Math.ceil(time / GRANULARITY_MS);
}
