/** A bell that one waits for. Ringing it while nobody waits is remembered once. */
export type Signal = {
  ring(): void;
  /** Resolves when the bell rings, or after `ms`. One waiter at a time. */
  wait(ms: number): Promise<void>;
};

export function createSignal(): Signal {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wakeUp?.();
    },
    wait(ms) {
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wakeUp = undefined;
          rung = false;
          resolve();
        };
        const timer = setTimeout(done, ms);
        wakeUp = done;
        if (rung) done();
      });
    },
  };
}
