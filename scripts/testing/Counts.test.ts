import { describe, expect, test } from "bun:test";
import { describeCounts, isGood, sumCounts } from "./Counts.ts";
import { playwrightCounts } from "./playwrightCounts.ts";

describe("the verdict of a run", () => {
  const some = { passed: 3, failed: 0, skipped: 1 };

  test("adds up its parts in one line", () => {
    expect(describeCounts(sumCounts([some, { passed: 2, failed: 1, skipped: 0 }]))).toBe(
      "5 passed, 1 failed, 1 skipped",
    );
    expect(describeCounts({ passed: 1, failed: 0, skipped: 0 })).toBe("1 passed, 0 failed");
  });

  test("is good only when something ran and nothing failed", () => {
    expect(isGood(some)).toBe(true);
    expect(isGood({ ...some, failed: 1 })).toBe(false);
    expect(isGood({ passed: 0, failed: 0, skipped: 7 })).toBe(false);
  });
});

describe("Playwright's report", () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };

  test("is counted by its own sums", () => {
    expect(playwrightCounts(JSON.stringify({ stats }))).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  test("counts what failed outside of any test", () => {
    const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(playwrightCounts(JSON.stringify({ stats: none, errors: [{ message: "no server" }] })).failed).toBe(1);
  });
});
