/** The last fatal line of a server's log, without its time; empty when there is none. */
export function lastFaultIn(log: string): string {
  const faults = log.split("\n").filter((line) => /\b(FATAL|PANIC):/.test(line));
  return faults.at(-1)?.replace(/^.*?\b(?:FATAL|PANIC):\s*/, "") ?? "";
}
