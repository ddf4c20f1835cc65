import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./bunPath.mjs";
import { Refusal } from "./refusal.mjs";
import { runStep } from "./runStep.mjs";

/** Whether what is installed is what package-lock.json asks for. */
export function areDependenciesInstalled() {
  const wanted = readPackages(join(repositoryRoot, "package-lock.json"));
  return satisfies(readPackages(join(repositoryRoot, "node_modules", ".package-lock.json")), wanted);
}

/** Runs `npm ci` unless there is nothing to install. Two at once in one folder would break each other. */
export async function installDependencies() {
  if (areDependenciesInstalled()) return;
  console.log("installing dependencies (once; a minute or two) …");
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const code = await runStep(
    command,
    [...first, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: repositoryRoot, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" },
  );
  if (code !== 0) throw new Refusal("npm ci failed: see the lines above");
}

/** npm writes its own copy of the lock into node_modules as the last act of an installation. */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** Whether every wanted package is installed in its version; optional ones are for other systems too. */
function satisfies(installed, wanted) {
  if (installed === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, link, optional }]) =>
      !path.includes("node_modules/") || link || optional || installed[path]?.version === version,
  );
}
