// Runs a TypeScript program of this repository on the pinned Bun: node scripts/run.mjs <file> [arguments]
import { bunPath } from "./lib/bunPath.mjs";
import { runScript } from "./lib/refusal.mjs";
import { runChild } from "./lib/runChild.mjs";
import { setUp } from "./lib/setUp.mjs";

await runScript(async () => {
  await setUp();
  return runChild(bunPath(), process.argv.slice(2));
});
