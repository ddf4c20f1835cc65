import { expect, test } from "bun:test";
import { LOOPBACK, networkOf } from "./networkOf.ts";

test("an IPv4 address stands for itself", () => {
  expect(networkOf("198.51.100.9")).toBe("198.51.100.9");
});

test("all addresses of an IPv6 network of 64 bits are one, however they are written", () => {
  const same = ["2001:db8:0:7::1", "2001:DB8::7:a:b:c:d", "2001:0db8:0000:0007:ffff::", "2001:db8:0:7::192.0.2.1"];
  expect(new Set(same.map(networkOf))).toEqual(new Set(["2001:db8:0:7::/64"]));
  expect(networkOf("2001:db8:0:8::1")).not.toBe(networkOf("2001:db8:0:7::1"));
  expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
});

test("the machine itself is one, however it is reached", () => {
  for (const address of ["127.0.0.1", "127.9.9.9", "::1"]) expect(networkOf(address)).toBe(LOOPBACK);
});

test("what is no address, or a network already, stays as it is", () => {
  for (const text of ["unknown", "2001:db8:0:7::/64", ""]) expect(networkOf(text)).toBe(text);
});
