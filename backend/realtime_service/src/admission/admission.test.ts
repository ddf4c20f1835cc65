import { expect, test } from "bun:test";
import { createAdmission } from "./admission.ts";
import { noSharedPlaces, type PlaceKind } from "./SharedPlaces.ts";

test("who connects again and again is slowed down before others find no room", async () => {
  let now = 0;
  const admission = createAdmission({
    limits: { total: 1000, perUser: 2, perAddress: 1000, perSecond: 30 },
    openShared: () => noSharedPlaces,
    now: () => now,
  });
  const comeAndGo = async (userId: string) => {
    const place = await admission.admit(userId, "203.0.113.1");
    if (place.kind === "refused") return place.limit;
    admission.release(userId, "203.0.113.1");
    return "admitted";
  };
  const often = [];
  for (let i = 0; i < 2000; i += 1) often.push(await comeAndGo("7"));
  expect(often.filter((outcome) => outcome === "admitted")).toHaveLength(100);
  expect(often.at(-1)).toBe("rate");
  expect(await comeAndGo("8")).toBe("admitted");
  now = 1000;
  expect([await comeAndGo("7"), await comeAndGo("7"), await comeAndGo("7")]).toEqual(["admitted", "admitted", "rate"]);
});

test("who has connected too often is not forgotten for ten thousand others", async () => {
  const admission = createAdmission({
    limits: { total: 1000, perUser: 2, perAddress: 1000, perSecond: 1_000_000 },
    openShared: () => noSharedPlaces,
    now: () => 0,
  });
  const comeAndGo = async (userId: string) => {
    const { kind } = await admission.admit(userId, "203.0.113.1");
    if (kind === "admitted") admission.release(userId, "203.0.113.1");
    return kind;
  };
  for (let i = 0; i < 100; i += 1) await comeAndGo("7");
  expect(await comeAndGo("7")).toBe("refused");
  for (let i = 0; i < 10_000; i += 1) await comeAndGo(`other ${i}`);
  expect(await comeAndGo("7")).toBe("refused");
});

test("what all nodes are told in the end is what this one holds, also when a place was given back while another was refused", async () => {
  const verdict = Promise.withResolvers<PlaceKind | undefined>();
  const told = new Map<string, number>();
  let claims = 0;
  const admission = createAdmission({
    limits: { total: 1000, perUser: 2, perAddress: 1000, perSecond: 1000 },
    openShared: () => ({
      claim: () => ((claims += 1) === 1 ? Promise.resolve(undefined) : verdict.promise),
      tell: (counts) => counts.forEach(({ kind, held }) => told.set(kind, held)),
      close: () => {},
    }),
    now: () => 0,
  });
  await admission.admit("7", "203.0.113.1");
  const another = admission.admit("7", "203.0.113.1");
  admission.release("7", "203.0.113.1");
  verdict.resolve("user");
  expect(await another).toMatchObject({ kind: "refused", limit: "user" });
  expect(Object.fromEntries(told)).toEqual({ user: 0, address: 0 });
});

test("the addresses of an IPv6 network share their places, and give them back", async () => {
  const admission = createAdmission({
    limits: { total: 1000, perUser: 10, perAddress: 1, perSecond: 1000 },
    openShared: () => noSharedPlaces,
    now: () => 0,
  });
  const place = await admission.admit("7", "2001:db8::1");
  expect(await admission.admit("8", "2001:db8::2")).toMatchObject({ kind: "refused", limit: "address" });
  if (place.kind === "admitted") admission.release("7", place.address);
  expect(await admission.admit("8", "2001:db8::2")).toMatchObject({ kind: "admitted" });
});
