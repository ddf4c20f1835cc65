const BASE_MS = 1_000;
const CAP_MS = 30_000;

/**
 * Full jitter: a delay drawn evenly from 0 to a ceiling that doubles with each attempt (1 s, 2 s, 4 s … 30 s). From the
 * first attempt on, so that the clients of a node that fell come back spread over the ceiling, not as one wave.
 * `attempt` counts from 1; `random` is uniform in [0, 1).
 */
export function fullJitter(attempt: number, random: () => number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.floor(random() * ceiling);
}
