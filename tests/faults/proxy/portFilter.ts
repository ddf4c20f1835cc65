import type { Filter } from "./createPipe.ts";

/**
 * Names other ports wherever a port is named, so that who asks a sentinel for the master is told the way by a proxy.
 * The new ports have as many digits as the old ones: the lengths that the protocol tells stay true.
 */
export function portFilter(ports: ReadonlyMap<number, number>): Filter {
  const names = new Map(ports.entries().map(([from, to]) => [String(from), String(to)]));
  for (const [from, to] of names) {
    if (from.length !== to.length) throw new RangeError(`port ${to} cannot be told in place of ${from}`);
  }
  return (bytes) => [
    Buffer.from(
      bytes.toString("latin1").replace(/\d+/g, (text) => names.get(text) ?? text),
      "latin1",
    ),
  ];
}
