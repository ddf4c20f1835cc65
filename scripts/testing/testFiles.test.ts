import { expect, test } from "bun:test";
import { fileURLToPath } from "node:url";
import { findTestGroups, needsRedis, wantedBy, withoutFiles } from "./testFiles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test.each([
  ["packages/event_feed/src/redisBroker.int.test.ts", true],
  ["packages/event_feed/src/LastingRedis.int.test.ts", true],
  ["backend/realtime_service/src/admission/redisPlaces.int.test.ts", true],
  ["tests/faults/scenarios/redis.int.test.ts", true],
  // Skipped of its own accord.
  ["tests/services/readiness.int.test.ts", false],
  ["packages/event_feed/src/createFeed.test.ts", false],
])("whether %s needs Redis: %p", (file, needs) => {
  expect(needsRedis(`${root}/${file}`)).toBe(needs);
});

test("files that are left out are counted, and no group stays empty", () => {
  const groups = findTestGroups(root, wantedBy(["scripts/testing", "packages/event_feed/src/redisBroker.int"]));
  const { groups: kept, leftOut } = withoutFiles(groups, needsRedis);
  expect(leftOut).toBe(1);
  expect(kept.flatMap(({ files }) => files)).toContain("./scripts/testing/testFiles.test.ts");
  expect(withoutFiles(groups, () => true).groups).toEqual([]);
});

test("a name picks among the files below a folder", () => {
  const filesOf = (...args: string[]) => findTestGroups(root, wantedBy(args)).flatMap(({ files }) => files);
  expect(filesOf("--under", "tests/faults", "scenarios/links")).toEqual(["./tests/faults/scenarios/links.int.test.ts"]);
  expect(filesOf("--under", "tests/faults").every((file) => file.startsWith("./tests/faults/"))).toBe(true);
  expect(filesOf("--under", "tests/faults").length).toBeGreaterThan(5);
});
