import { spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { StartFault } from "../StartFault.ts";

/** Who the server runs as. Absent: as this process, which is not root. */
export type Account = { readonly uid: number; readonly gid: number };

/**
 * PostgreSQL refuses to run as root: then it runs as the owner of its existing folder, or as `nobody`. An ordinary
 * user runs it as itself.
 * @throws StartFault when the folder is of another user and this one is not root.
 */
export function serverAccount(existingCluster: string | undefined): Account | undefined {
  const own = process.getuid?.();
  const owner = existingCluster === undefined ? undefined : statSync(existingCluster);
  if (own !== 0) {
    if (owner === undefined || owner.uid === own) return undefined;
    throw new StartFault(
      `the database in ${existingCluster} is of another user (uid ${owner.uid}): start as that user, or choose --data DIR`,
    );
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: idOf("-u"), gid: idOf("-g") };
}

export function giveTo(account: Account | undefined, path: string): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}

/** Whether the server may enter this folder: asked of the system by trying, since modes are not all there is. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (account === undefined) return true;
  return (
    spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], { ...account, cwd: "/", stdio: "ignore" }).status === 0
  );
}

function idOf(flag: "-u" | "-g"): number {
  const { stdout } = spawnSync("id", [flag, "nobody"], { encoding: "utf8" });
  const id = Number((stdout ?? "").trim());
  if (stdout === "" || !Number.isInteger(id)) {
    throw new StartFault("PostgreSQL does not run as root and there is no user nobody: start as an ordinary user");
  }
  return id;
}
