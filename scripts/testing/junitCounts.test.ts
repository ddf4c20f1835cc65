import { describe, expect, test } from "bun:test";
import { junitCounts } from "./junitCounts.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="5" assertions="3" failures="1" skipped="2" time="0.47">
  <testsuite name="a.test.ts" file="a.test.ts" tests="4" failures="1" skipped="2" time="0.05">
    <testsuite name="within" file="a.test.ts" tests="4" failures="1" skipped="2">
      <testcase name="says failures=&quot;9&quot;" classname="" file="a.test.ts" />
    </testsuite>
  </testsuite>
  <testsuite name="c.test.ts" file="c.test.ts" tests="1" failures="0" skipped="0" time="0.02" />
</testsuites>`;

describe("Bun's report", () => {
  test("gives passed, failed and skipped of the whole run, and the files that were heard of", () => {
    expect(junitCounts(REPORT)).toEqual({ passed: 2, failed: 1, skipped: 2, files: ["a.test.ts", "c.test.ts"] });
  });

  test("of an empty run counts nothing", () => {
    expect(junitCounts("")).toEqual({ passed: 0, failed: 0, skipped: 0, files: [] });
  });
});
