import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** Who sent a request, given the address of its socket's other end. */
export type ClientAddress = (request: Request, socketAddress: string | undefined) => string;

const ENTRY = /^([^/\s]+)(?:\/(\d{1,3}))?$/;

/** Addresses and networks of proxies in an environment variable: `10.0.0.7,192.168.0.0/16,fd00::/8`. */
export const EnvProxies = z.string().transform((value, context) => {
  const proxies = new BlockList();
  for (const entry of value.split(",").map((text) => text.trim())) {
    if (entry !== "" && !add(proxies, entry)) {
      context.addIssue({ code: "custom", message: "must be addresses or networks, such as 10.0.0.7,192.168.0.0/16" });
      return z.NEVER;
    }
  }
  return proxies;
});

/**
 * Without trusted proxies the client is who holds the socket, whatever `X-Forwarded-For` says: anybody can send that
 * header. A trusted proxy is believed about who sent the request to it, and so on from the right, up to the first
 * address that is no trusted proxy. What a client wrote itself stands further left and is never read.
 */
export function createClientAddress(proxies: BlockList): ClientAddress {
  const isTrusted = (address: string) => proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return (request, socketAddress) => {
    let client = plain(socketAddress ?? "unknown");
    const hops = request.headers.get("x-forwarded-for")?.split(",") ?? [];
    while (isIP(client) !== 0 && isTrusted(client)) {
      const before = plain(hops.pop()?.trim() ?? "");
      if (isIP(before) === 0) return client;
      client = before;
    }
    return client;
  };
}

function add(proxies: BlockList, entry: string): boolean {
  const [, address = "", bits] = ENTRY.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(bits ?? 0) > (version === 6 ? 128 : 32)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  if (bits === undefined) proxies.addAddress(address, family);
  else proxies.addSubnet(address, Number(bits), family);
  return true;
}

/** `::ffff:10.0.0.7` is how a socket for both versions shows 10.0.0.7. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}
