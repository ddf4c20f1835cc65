import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { type Counts, NONE } from "./Counts.ts";
import { junitCounts } from "./junitCounts.ts";
import { runProgram } from "./runProgram.ts";
import type { TestGroup } from "./testFiles.ts";

const TEST_TIMEOUT_MS = 120_000;

/**
 * Runs the files of a group, each with globals of its own, and counts by Bun's own report. A file that gave no result,
 * and a run that ends badly without a failed test, count as one failed test each.
 */
export async function runBunTests(
  group: TestGroup,
  options: { env: Record<string, string>; reportFolder: string; signal: AbortSignal },
): Promise<Counts> {
  const report = join(options.reportFolder, `bun-${group.folder.replaceAll(/\W+/g, "-")}.xml`);
  const exitCode = await runProgram(
    process.execPath,
    [
      "test",
      `--parallel=${Math.min(cpus().length, 4)}`,
      `--timeout=${TEST_TIMEOUT_MS}`,
      "--only-failures",
      "--reporter=junit",
      `--reporter-outfile=${report}`,
      ...group.files,
    ],
    { cwd: group.folder, env: { NODE_ENV: "test", ...options.env }, signal: options.signal },
  );
  if (!existsSync(report)) return { ...NONE, failed: 1 };
  const result = junitCounts(readFileSync(report, "utf8"));
  if (options.signal.aborted) return result;
  const silent = group.files.filter((file) => !result.files.includes(file.replace(/^\.\//, "")));
  for (const file of silent) console.error(`no test ran in ${file}`);
  const failed = result.failed + silent.length;
  return { passed: result.passed, skipped: result.skipped, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}
