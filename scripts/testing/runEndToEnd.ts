import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Counts, NONE } from "./Counts.ts";
import { playwrightCounts } from "./playwrightCounts.ts";
import { runProgram } from "./runProgram.ts";

/** Runs Playwright under Node, with the Chromium of `chromium`; its configuration starts the marketplace itself. */
export async function runEndToEnd(
  files: readonly string[],
  options: { root: string; chromium: string; reportFolder: string; signal: AbortSignal },
): Promise<Counts> {
  const report = join(options.reportFolder, "playwright.json");
  const cli = join(options.root, "node_modules", "@playwright", "test", "cli.js");
  const exitCode = await runProgram(process.env["NODE_PROGRAM"] ?? "node", [cli, "test", ...files], {
    cwd: options.root,
    env: { CHROME_PATH: options.chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    signal: options.signal,
  });
  if (!existsSync(report)) return { ...NONE, failed: 1 };
  const counts = playwrightCounts(readFileSync(report, "utf8"));
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
