import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartFault } from "../StartFault.ts";
import { type Account, canEnter } from "./account.ts";

/**
 * A folder of root's, outside everybody's home, that the server's account can enter: for what it must reach when the
 * repository or the data folder lies where it cannot go (such as `/root`).
 * @throws StartFault when this machine has no such place.
 */
export function sharedPlace(account: Account): string {
  for (const parent of ["/var/lib", tmpdir()]) {
    const place = join(parent, "espigon");
    if (isMade(place) && isOnlyRoots(place) && canEnter(account, place)) return place;
  }
  throw new StartFault(
    "PostgreSQL runs as user nobody, who can enter neither this folder nor /var/lib: use --data DIR",
  );
}

function isMade(place: string): boolean {
  try {
    if (mkdirSync(place, { recursive: true, mode: 0o755 }) !== undefined) chmodSync(place, 0o755);
    return true;
  } catch {
    return false;
  }
}

/** In a world-writable parent somebody else may have made it first. */
function isOnlyRoots(place: string): boolean {
  const stat = lstatSync(place);
  return stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0;
}
