// npm test [-- path …]: unit, integration and end-to-end tests; sets up a fresh clone first.
import { join } from "node:path";
import { bunPath, repositoryRoot } from "./lib/bunPath.mjs";
import { runScript } from "./lib/refusal.mjs";
import { runChild } from "./lib/runChild.mjs";
import { setUp } from "./lib/setUp.mjs";

await runScript(async () => {
  await setUp();
  return runChild(bunPath(), [join(repositoryRoot, "scripts", "testing", "main.ts"), ...process.argv.slice(2)], {
    cwd: repositoryRoot,
    env: { ...process.env, NODE_PROGRAM: process.execPath },
  });
});
