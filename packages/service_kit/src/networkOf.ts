import { isIP } from "node:net";

const GROUPS = 8;

/** The machine itself: a person or a program on it, or a proxy that is not trusted, and so everybody at once. */
export const LOOPBACK = "loopback";

/**
 * Of whom a limit by address counts: an IPv4 address itself, of an IPv6 address its network of 64 bits, since one
 * subscriber has all 2^64 addresses of it, and `LOOPBACK`. Any other text, such as a network, stays as it is.
 */
export function networkOf(address: string): string {
  if (isLoopback(address)) return LOOPBACK;
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("::").map((part) => part.replace(/%.*/, ""));
  const before = groupsOf(head);
  const after = groupsOf(tail);
  const zeros = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => "0");
  const network = [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

export function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

/** Four numbers with dots at the end stand for two groups; they are never among the first four. */
function groupsOf(part: string): readonly string[] {
  return part === "" ? [] : part.replace(/[\d.]+\.\d+$/, "0:0").split(":");
}
