import { z } from "zod";
import type { Counts } from "./Counts.ts";

const Report = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()).default([]),
});

/** Reads the report of Playwright's JSON reporter. An error outside any test counts as one failed test. */
export function playwrightCounts(json: string): Counts {
  const { stats, errors } = Report.parse(JSON.parse(json));
  const outside = stats.unexpected === 0 ? errors.length : 0;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + outside, skipped: stats.skipped };
}
