import type { Counts } from "./Counts.ts";

export type JunitResult = Counts & {
  /** The test files of which the report tells; one that could not be loaded is not among them. */
  readonly files: readonly string[];
};

/** Reads the report that `bun test --reporter=junit` writes. */
export function junitCounts(xml: string): JunitResult {
  const root = /<testsuites\b[^>]*>/.exec(xml)?.[0] ?? "";
  const failed = attribute(root, "failures") + attribute(root, "errors");
  const skipped = attribute(root, "skipped");
  const suites = [...xml.matchAll(/<testsuite\b[^>]*\bfile="([^"]*)"/g)];
  return {
    passed: attribute(root, "tests") - failed - skipped,
    failed,
    skipped,
    files: [...new Set(suites.map((match) => match[1] ?? ""))],
  };
}

function attribute(element: string, name: string): number {
  return Number(new RegExp(`\\b${name}="(\\d+)"`).exec(element)?.[1] ?? 0);
}
