import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { StartFault } from "../StartFault.ts";
import { lockDataFolder } from "./dataLock.ts";
import { keptSecret } from "./keptSecret.ts";

export type DataFolder = {
  readonly path: string;
  /** A secret of this installation, made at its first start: same name, same secret. */
  secret(name: string): string;
  /** Lets another instance have the folder. Idempotent. */
  release(): void;
};

/** The modes let another uid pass through to the database's own folder, and see nothing on the way. */
const PASSABLE = 0o711;

/**
 * Opens (or makes) the folder that holds all that standalone keeps, for this process alone.
 * @throws StartFault when it cannot be made or written, or when another instance has it.
 */
export function openDataFolder(path: string): DataFolder {
  let release: () => void;
  try {
    const made = mkdirSync(path, { recursive: true, mode: PASSABLE });
    if (made !== undefined) chmodSync(path, PASSABLE);
    release = lockDataFolder(path);
  } catch (error) {
    if (error instanceof StartFault) throw error;
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new StartFault(`the data folder ${path} cannot be used (${reason}): choose another with --data DIR`);
  }
  return { path, secret: (name) => keptSecret(join(path, name)), release };
}
