import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bunPath, bunWorks, repositoryRoot } from "./bunPath.mjs";
import { Refusal } from "./refusal.mjs";

const bunPackage = join(repositoryRoot, "node_modules", "bun");

/**
 * Puts Bun's program where bun's own postinstall would, when npm was told to run no scripts. The platform's package is
 * installed already, so this needs no network; bun's `install.js` (which may download) is the last resort.
 */
export function hydrateBun() {
  if (bunWorks()) return;
  console.log("unpacking Bun …");
  const program = platformPrograms().find(runs);
  if (program === undefined) {
    spawnSync(process.execPath, ["install.js"], { cwd: bunPackage, stdio: ["ignore", "ignore", "inherit"] });
  } else {
    const temporary = `${bunPath()}.${process.pid}`;
    try {
      linkSync(program, temporary);
    } catch {
      copyFileSync(program, temporary);
      chmodSync(temporary, 0o755);
    }
    rmSync(bunPath(), { force: true });
    renameSync(temporary, bunPath());
  }
  if (!bunWorks()) throw new Refusal(`Bun does not run on this system (${process.platform} ${process.arch})`);
}

function platformPrograms() {
  const folders = [join(repositoryRoot, "node_modules", "@oven"), join(bunPackage, "node_modules", "@oven")];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, "bin")))
    .flatMap((bin) => [join(bin, "bun"), join(bin, "bun.exe")])
    .filter((program) => existsSync(program));
}

function runs(program) {
  try {
    chmodSync(program, 0o755);
  } catch {
    // Installed by someone else: it is executable already or it will not run.
  }
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}
