import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isZombie } from "../data/processIdentity.ts";
import type { PostmasterPid } from "./postmasterPid.ts";

const WORKERS_DEADLINE_MS = 10_000;

/**
 * A killed server whose body nobody takes away (a zombie: in a container, process 1 often does not) looks alive to
 * PostgreSQL, which then refuses to start for ever. Its `postmaster.pid` is removed, by PostgreSQL's own rule: only
 * when no worker is attached to its shared memory any more.
 */
export async function forgetDeadServer(cluster: string, recorded: PostmasterPid): Promise<void> {
  if (!isZombie(recorded.pid)) return;
  for (const deadline = Date.now() + WORKERS_DEADLINE_MS; Date.now() < deadline; await Bun.sleep(20)) {
    if (attached(recorded.sharedMemoryId) === 0) {
      rmSync(join(cluster, "postmaster.pid"), { force: true });
      return;
    }
  }
}

/** How many processes are attached to a segment, as Linux tells. */
function attached(id: number | undefined): number {
  const [head = [], ...rows] = readFileSync("/proc/sysvipc/shm", "utf8").trim().split("\n").map(fields);
  const row = rows.find((columns) => Number(columns[head.indexOf("shmid")]) === id);
  return row === undefined ? 0 : Number(row[head.indexOf("nattch")]);
}

function fields(line: string): string[] {
  return line.trim().split(/\s+/);
}
