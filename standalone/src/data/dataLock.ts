import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StartFault } from "../StartFault.ts";
import { processIdentity } from "./processIdentity.ts";

const Holder = z.object({ pid: z.int().positive(), identity: z.string() });
type Holder = z.infer<typeof Holder>;

/**
 * Takes the data folder for this process; returns the release. A lock whose process is gone (kill -9, power cut) is
 * taken over, also when its pid has been given to another process since.
 * @throws StartFault when a living instance holds it.
 */
export function lockDataFolder(folder: string): () => void {
  const path = join(folder, "lock");
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) ?? "" }));
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linked(own, path)) return () => rmSync(path, { force: true });
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder)) {
        throw new StartFault(
          `the data folder ${folder} is in use by another instance (process ${holder.pid}): ` +
            "stop it, or start with --data DIR --port-offset N",
        );
      }
      removeStale(path, holder);
    }
    throw new StartFault(`could not lock the data folder ${folder}: other instances are starting at the same time`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** A hard link is made whole or not at all, so no other process sees a lock without its holder. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  return processIdentity(holder.pid) === holder.identity;
}

/** Moves the stale lock aside; should another starter have replaced it in the meantime, gives that one back. */
function removeStale(path: string, stale: Holder | undefined): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && moved.identity !== stale?.identity) linked(aside, path);
  rmSync(aside, { force: true });
}
