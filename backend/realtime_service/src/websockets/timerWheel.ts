/** How late a task may run, in milliseconds. */
const GRANULARITY_MS = 50;

/** Something to be done once. Plain data without a closure. */
export type TimerTask<Subject = unknown> = {
  run(subject: Subject): void;
  readonly subject: Subject;
  cancelled: boolean;
};

export type TimerWheel = {
  /**
   * Runs `run(subject)` once at `time` (milliseconds since 1970) or up to 50 ms later, unless it is cancelled; earlier
   * by as much as the clock is set back meanwhile, so a task that must not be early looks at the clock itself. A
   * cancelled task is kept until its time, with its subject: nothing that is made per connection may lie far ahead.
   */
  at<Subject>(time: number, run: (subject: Subject) => void, subject: Subject): TimerTask<Subject>;
  /** Runs what is due; the wheel's own interval calls it. */
  readonly turn: () => void;
  /** Forgets all tasks; no later one will run. */
  stop(): void;
};

/** One timer for many deadlines. It runs only while there are any. */
export function createTimerWheel(now: () => number): TimerWheel {
  const slots = new Map<number, TimerTask[]>();
  let turned = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let stopped = false;

  const sleep = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const wake = () => {
    turned = Math.floor(now() / GRANULARITY_MS);
    timer = setInterval(wheel.turn, GRANULARITY_MS);
  };

  /** The clock was set back: the tasks keep their distance, so that none is late. */
  const moveBack = (steps: number) => {
    const kept = [...slots];
    slots.clear();
    for (const [slot, tasks] of kept) slots.set(slot - steps, tasks);
    turned -= steps;
  };

  const wheel: TimerWheel = {
    at(time, run, subject) {
      const task: TimerTask<typeof subject> = { run, subject, cancelled: false };
      if (stopped) return task;
      if (timer === undefined) wake();
      const slot = Math.max(Math.ceil(time / GRANULARITY_MS), turned + 1);
      const tasks = slots.get(slot);
      if (tasks === undefined) slots.set(slot, [task]);
      else tasks.push(task);
      return task;
    },
    turn() {
      const current = Math.floor(now() / GRANULARITY_MS);
      if (current < turned) moveBack(turned - current);
      while (turned < current && slots.size > 0) {
        turned += 1;
        const tasks = slots.get(turned);
        slots.delete(turned);
        for (const task of tasks ?? []) if (!task.cancelled) task.run(task.subject);
      }
      if (slots.size === 0) sleep();
    },
    stop() {
      stopped = true;
      slots.clear();
      sleep();
    },
  };
  return wheel;
}

export function cancelTask(task: { cancelled: boolean } | undefined): void {
  if (task !== undefined) task.cancelled = true;
}
