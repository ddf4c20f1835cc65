// npm start: everything on one machine, with nothing to set up. Plain Node, since on a fresh clone nothing else is there.
import { join } from "node:path";
import { bunPath, repositoryRoot } from "./lib/bunPath.mjs";
import { buildFrontend } from "./lib/buildFrontend.mjs";
import { runScript } from "./lib/refusal.mjs";
import { runChild } from "./lib/runChild.mjs";
import { setUp } from "./lib/setUp.mjs";
import { startEnvironment } from "./lib/startOptions.mjs";

await runScript(async () => {
  const options = startEnvironment(process.argv.slice(2));
  await setUp();
  await buildFrontend();
  return runChild(bunPath(), [join(repositoryRoot, "standalone", "src", "main.ts")], {
    cwd: repositoryRoot,
    env: { ...process.env, ...options, NODE_ENV: "production", STARTER_PID: String(process.pid) },
  });
});
