import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Counts, describeCounts, isGood, sumCounts } from "./Counts.ts";
import { CHROMIUM, findTools, NGINX, REDIS, type Tool } from "./findTool.ts";
import { runBunTests } from "./runBunTests.ts";
import { runEndToEnd } from "./runEndToEnd.ts";
import { runProgram } from "./runProgram.ts";
import { startTestDatabase } from "./startTestDatabase.ts";
import { findEndToEndFiles, findTestGroups } from "./testFiles.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const stopping = new AbortController();

/** Tests of a whole `npm start`: the frontend is built before, so that none of them waits for that. */
const NEEDS_FRONTEND = /tests\/(standalone|cluster)\//;
const NEEDS_NGINX = /tests\/cluster\//;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());

process.exit(await main(process.argv.slice(2)));

/** Runs what `filters` name (all without any), says what did not run and why, and resolves to the exit code. */
async function main(filters: readonly string[]): Promise<number> {
  const { signal } = stopping;
  const groups = findTestGroups(root, filters);
  const endToEnd = findEndToEndFiles(root, filters);
  const needs = (pattern: RegExp) => groups.some((group) => group.files.some((file) => pattern.test(file)));
  const wanted: readonly (readonly [Tool, boolean])[] = [
    [REDIS, groups.length > 0],
    [NGINX, needs(NEEDS_NGINX)],
    [CHROMIUM, endToEnd.length > 0],
  ];
  const tools = await findTools(
    wanted.filter(([, needed]) => needed).map(([tool]) => tool),
    signal,
  );
  if (endToEnd.length > 0 || needs(NEEDS_FRONTEND)) {
    // A failure shows again, with its reason, in the tests that need what was to be built.
    await runProgram(process.env["NODE_PROGRAM"] ?? "node", [join(root, "scripts", "build.mjs")], { signal });
  }
  const reportFolder = mkdtempSync(join(tmpdir(), "espigon-report-"));
  const counts: Counts[] = [];
  const notes: string[] = [];
  try {
    if (groups.length > 0) counts.push(...(await runGroups(tools.get(REDIS), tools.get(NGINX))));
    if (endToEnd.length > 0 && !signal.aborted) counts.push(...(await runBrowser(tools.get(CHROMIUM))));
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
  }
  for (const note of notes) console.log(note);
  const total = sumCounts(counts);
  console.log(describeCounts(total));
  return isGood(total) && !signal.aborted ? 0 : 1;

  async function runGroups(redis: string | undefined, nginx: string | undefined): Promise<readonly Counts[]> {
    if (redis === undefined) {
      notes.push("the suites on a real Redis did not run: there is no redis-server program (set TEST_REDIS_SERVER)");
    }
    if (nginx === undefined && needs(NEEDS_NGINX)) {
      notes.push("the suites behind nginx did not run: there is no nginx program (set TEST_NGINX)");
    }
    const database = await startTestDatabase();
    const env = {
      TEST_DATABASE_URL: database.url,
      ...(redis === undefined ? {} : { TEST_REDIS_SERVER: redis }),
      ...(nginx === undefined ? {} : { TEST_NGINX: nginx }),
    };
    const results: Counts[] = [];
    try {
      for (const group of groups) {
        if (!signal.aborted) results.push(await runBunTests(group, { env, reportFolder, signal }));
      }
    } finally {
      await database.stop();
    }
    return results;
  }

  async function runBrowser(chromium: string | undefined): Promise<readonly Counts[]> {
    if (chromium !== undefined) return [await runEndToEnd(endToEnd, { root, chromium, reportFolder, signal })];
    notes.push("the end-to-end tests did not run: there is no Chromium (set CHROME_PATH)");
    return [];
  }
}
