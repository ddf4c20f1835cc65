import { expect, test } from "bun:test";
import { createAdmission } from "./admission.ts";
import { noSharedPlaces } from "./SharedPlaces.ts";

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
