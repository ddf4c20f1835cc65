// npm run check: everything that can be said about the code without running it. All checks run, then the verdict.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "./lib/bunPath.mjs";
import { runScript } from "./lib/refusal.mjs";
import { setUp } from "./lib/setUp.mjs";

const CHECKS = [
  ["format", "oxfmt", ["--check", "."]],
  ["lint", "oxlint", ["--format", "unix"]],
  ["types", "tsc", ["-p", "."]],
  ["unused", "knip", ["--no-progress"]],
];

await runScript(async () => {
  await setUp();
  const failed = CHECKS.filter(([name, program, args]) => {
    console.log("──", name);
    const path = join(repositoryRoot, "node_modules", ".bin", program);
    const { status, error } = spawnSync(path, args, {
      cwd: repositoryRoot,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    if (error) console.error(error.message);
    return status !== 0;
  });
  const names = failed.map(([name]) => name).join(", ");
  console.log(failed.length === 0 ? `all ${CHECKS.length} checks are clean` : `not clean: ${names}`);
  return failed.length === 0 ? 0 : 1;
});
