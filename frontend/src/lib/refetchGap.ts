const GAP_MS = 250;
const STORM_GAP_MS = 1_000;
const QUIET_MS = 1_000;

/** The least time between the starts of two requests of a query, which widens while a storm lasts. Milliseconds. */
export type RefetchGap = {
  readonly current: () => number;
  /** A hint was heard. */
  readonly heard: (now: number) => void;
  /** An answer arrived that was already behind. */
  readonly behind: () => void;
};

export function createRefetchGap(): RefetchGap {
  let gap = GAP_MS;
  let heardAt = Number.NEGATIVE_INFINITY;
  return {
    current: () => gap,
    heard(now) {
      if (now - heardAt >= QUIET_MS) gap = GAP_MS;
      heardAt = now;
    },
    behind() {
      gap = Math.min(STORM_GAP_MS, gap * 2);
    },
  };
}
