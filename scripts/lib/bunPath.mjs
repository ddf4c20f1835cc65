import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

/** The pinned Bun of this repository. Its own package name for the program is `bun.exe` on every system. */
export function bunPath() {
  return join(repositoryRoot, "node_modules", "bun", "bin", "bun.exe");
}

export function bunWorks() {
  return spawnSync(bunPath(), ["--version"], { stdio: "ignore" }).status === 0;
}
