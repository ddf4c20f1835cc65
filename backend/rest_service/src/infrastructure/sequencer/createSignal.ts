/** A bell that one waits for. Ringing it while nobody waits is remembered once. */
export type Signal = {
  ring(): void;
  /** Resolves to true when the bell rings, to false when it has not within `ms`. One waiter at a time. */
  wait(ms: number): Promise<boolean>;
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
          resolve(rung);
          rung = false;
        };
        const timer = setTimeout(done, ms);
        wakeUp = done;
        if (rung) done();
      });
    },
  };
}
