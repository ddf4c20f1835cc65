/** What an examination found. `losses`, `leaks` and `backwardSteps` must be 0 and `faults` empty. */
export type Verdict = {
  /** Orders that were acknowledged. */
  readonly acknowledged: number;
  readonly events: number;
  readonly frames: number;
  readonly gapsDetected: number;
  readonly gapsRepaired: number;
  readonly resyncs: number;
  readonly losses: number;
  readonly leaks: number;
  readonly backwardSteps: number;
  /** Every promise that was broken, in words. */
  readonly faults: readonly string[];
};

/** Whether nothing was lost, told to others, taken back or broken. */
export function isClean({ losses, leaks, backwardSteps, faults }: Verdict): boolean {
  return losses === 0 && leaks === 0 && backwardSteps === 0 && faults.length === 0;
}
