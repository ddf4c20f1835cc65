import type { LogEntry } from "./Broker.ts";

/** A writer tried to leave a hole in the log. Nothing was written. */
export class LogGapError extends Error {
  override readonly name = "LogGapError";
}

/**
 * Checks that entries are ascending and dense, and that each carries its own seq throughout.
 * @throws LogGapError
 */
export function assertDense(entries: readonly LogEntry[]): void {
  for (const [index, entry] of entries.entries()) {
    const previous = entries[index - 1];
    if (!Number.isSafeInteger(entry.seq) || entry.seq < 1) throw new LogGapError(`${entry.seq} is not a seq`);
    if (previous !== undefined && entry.seq !== previous.seq + 1) {
      throw new LogGapError(`seq ${entry.seq} does not follow ${previous.seq}`);
    }
    if (entry.notifications.some(({ seq }) => seq !== entry.seq)) {
      throw new LogGapError(`a notification of entry ${entry.seq} carries another seq`);
    }
  }
}

/**
 * The part of `entries` that is new to a log that ends at `lastSeq`. An empty log (0) takes any first seq.
 * @throws LogGapError when the first new entry does not follow the log.
 */
export function newEntries(lastSeq: number, entries: readonly LogEntry[]): readonly LogEntry[] {
  const fresh = entries.filter((entry) => entry.seq > lastSeq);
  const first = fresh[0];
  if (lastSeq > 0 && first !== undefined && first.seq !== lastSeq + 1) {
    throw new LogGapError(`seq ${first.seq} does not follow ${lastSeq}, the end of the log`);
  }
  return fresh;
}
