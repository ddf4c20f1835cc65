import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Counts, describeCounts, isGood, NONE, sumCounts } from "./Counts.ts";
import { CHROMIUM, findTools, NGINX, PYTHON_WEBSOCKETS, REDIS, type Tool } from "./findTool.ts";
import { runBunTests } from "./runBunTests.ts";
import { runEndToEnd } from "./runEndToEnd.ts";
import { runProgram } from "./runProgram.ts";
import { startTestDatabase } from "./startTestDatabase.ts";
import { findEndToEndFiles, findTestGroups, needsRedis, type Wanted, wantedBy, withoutFiles } from "./testFiles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const stopping = new AbortController();

/** Tests of a whole `npm start`: the frontend is built before, so that none of them waits for that. */
const NEEDS_FRONTEND = /tests\/(standalone|cluster)\//;
/** Which suites need a program that npm does not bring. They find its path in the tool's variable. */
const SUITES: readonly { readonly name: string; readonly files: RegExp; readonly tool: Tool }[] = [
  { name: "the suites on a real Redis", files: /./, tool: REDIS },
  { name: "the suites behind nginx", files: /tests\/cluster\//, tool: NGINX },
  { name: "conformance with a client in Python", files: /tests\/conformance\/python/, tool: PYTHON_WEBSOCKETS },
  { name: "conformance in a browser", files: /tests\/conformance\/chromium/, tool: CHROMIUM },
];

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

process.exit(await main(wantedBy(process.argv.slice(2))));

/** Runs what is wanted, says what did not run and why, and resolves to the exit code. */
async function main(wanted: Wanted): Promise<number> {
  const { signal } = stopping;
  const groups = findTestGroups(root, wanted);
  const endToEnd = findEndToEndFiles(root, wanted);
  const needs = (pattern: RegExp) => groups.some((group) => group.files.some((file) => pattern.test(file)));
  const suites = SUITES.filter(({ files }) => needs(files));
  const useful = new Set([...suites.map(({ tool }) => tool), ...(endToEnd.length > 0 ? [CHROMIUM] : [])]);
  const tools = await findTools([...useful], signal);
  if (endToEnd.length > 0 || needs(NEEDS_FRONTEND)) {
    // A failure shows again, with its reason, in the tests that need what was to be built.
    await runProgram(process.env["NODE_PROGRAM"] ?? "node", [join(root, "scripts", "build.mjs")], { signal });
  }
  // All that the tests leave behind, also those that were ended in the middle; open to the database's account.
  const scratch = mkdtempSync(join(tmpdir(), "espigon-tests-"));
  chmodSync(scratch, 0o711);
  process.env["TMPDIR"] = scratch;
  const counts: Counts[] = [];
  const notes = groups.length + endToEnd.length === 0 ? [`no test file is called ${wanted.names.join(" or ")}`] : [];
  try {
    if (groups.length > 0) counts.push(...(await runGroups()));
    if (endToEnd.length > 0 && !signal.aborted) counts.push(...(await runBrowser(tools.get(CHROMIUM))));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (signal.aborted) notes.push("stopped before the end: what was under way counts as failed");
  for (const note of notes) console.log(note);
  const total = sumCounts(counts);
  console.log(describeCounts(total));
  return isGood(total) && !signal.aborted ? 0 : 1;

  async function runGroups(): Promise<readonly Counts[]> {
    const env: Record<string, string> = {};
    for (const { name, tool } of suites) {
      const path = tools.get(tool);
      if (path !== undefined) env[tool.variable] = path;
      else notes.push(`${name} did not run: there is no ${tool.name} (set ${tool.variable})`);
    }
    const runnable = withoutFiles(groups, (file) => tools.get(REDIS) === undefined && needsRedis(file));
    const results: Counts[] = [{ ...NONE, skipped: runnable.leftOut }];
    const database = await startTestDatabase();
    env["TEST_DATABASE_URL"] = database.url;
    try {
      for (const group of runnable.groups) {
        if (!signal.aborted) results.push(await runBunTests(group, { env, reportFolder: scratch, signal }));
      }
    } finally {
      await database.stop();
    }
    return results;
  }

  async function runBrowser(chromium: string | undefined): Promise<readonly Counts[]> {
    if (chromium !== undefined) return [await runEndToEnd(endToEnd, { root, chromium, reportFolder: scratch, signal })];
    notes.push("the end-to-end tests did not run: there is no Chromium (set CHROME_PATH)");
    return [];
  }
}
