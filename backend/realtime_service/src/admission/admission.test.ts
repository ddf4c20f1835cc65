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
