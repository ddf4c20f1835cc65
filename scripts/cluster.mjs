// npm run cluster: two nodes of every service behind nginx, with PostgreSQL, Redis and demo data, on loopback.
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
  return runChild(bunPath(), [join(repositoryRoot, "scripts", "cluster", "main.ts")], {
    cwd: repositoryRoot,
    env: { ...process.env, ...options, STARTER_PID: String(process.pid) },
  });
});
