import { expect, test } from "bun:test";
import { z } from "zod";
import { createClientAddress, EnvProxies } from "./clientAddress.ts";
import { parseConfig } from "./parseConfig.ts";

const Schema = z.object({ TRUSTED_PROXIES: EnvProxies.default(() => EnvProxies.parse("")) });
const proxies = (list: string) => parseConfig(Schema, { TRUSTED_PROXIES: list }).TRUSTED_PROXIES;

function clientOf(trusted: string, socket: string | undefined, forwarded?: string): string {
  const request = new Request("http://x/", {
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  });
  return createClientAddress(proxies(trusted))(request, socket);
}

test("who trusts nobody does not read the header", () => {
  expect(clientOf("", "198.51.100.9", "203.0.113.1")).toBe("198.51.100.9");
  expect(clientOf("10.0.0.0/8", "198.51.100.9", "203.0.113.1")).toBe("198.51.100.9");
  expect(clientOf("", undefined)).toBe("unknown");
});

test("a trusted proxy tells who came to it, and only the last hop that is not trusted counts", () => {
  expect(clientOf("10.0.0.0/8", "10.0.0.7", "203.0.113.1")).toBe("203.0.113.1");
  expect(clientOf("10.0.0.7", "::ffff:10.0.0.7", "203.0.113.1")).toBe("203.0.113.1");
  expect(clientOf("10.0.0.0/8", "10.0.0.7", "1.1.1.1, 203.0.113.1")).toBe("203.0.113.1");
  expect(clientOf("10.0.0.0/8", "10.0.0.7", "1.1.1.1, 203.0.113.1, 10.9.9.9")).toBe("203.0.113.1");
  expect(clientOf("fd00::/8", "fd00::1", "2001:db8::5")).toBe("2001:db8::5");
});

test("a header that says nothing usable leaves the nearest address that is known", () => {
  for (const forwarded of [undefined, "", "nonsense", "203.0.113.1, unknown", "203.0.113.1:80"]) {
    expect(clientOf("10.0.0.0/8", "10.0.0.7", forwarded)).toBe("10.0.0.7");
  }
  expect(clientOf("10.0.0.0/8", "10.0.0.7", "10.0.0.8")).toBe("10.0.0.8");
});

test("what is no list of addresses and networks is refused", () => {
  for (const list of ["nginx", "10.0.0.0/33", "fd00::/129", "10.0.0.0/x", "true"]) {
    expect(() => proxies(list)).toThrow("TRUSTED_PROXIES: must be addresses or networks");
  }
});
