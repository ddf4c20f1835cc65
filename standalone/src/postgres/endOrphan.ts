import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { processIdentity } from "../data/processIdentity.ts";
import { StartFault } from "../StartFault.ts";
import { forgetDeadServer } from "./forgetDeadServer.ts";
import { parsePostmasterPid } from "./postmasterPid.ts";

const FAST_SHUTDOWN_MS = 15_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Ends the server that a killed instance has left behind on this cluster, and waits until it is gone. Only a process
 * that is that server is signalled; the caller holds the data folder's lock.
 * @throws StartFault when it does not end.
 */
export async function endOrphan(cluster: string): Promise<void> {
  const recorded = readPostmasterPid(cluster);
  if (recorded === undefined) return;
  await endServer(recorded.pid, cluster);
  await forgetDeadServer(cluster, recorded);
}

async function endServer(pid: number, cluster: string): Promise<void> {
  const identity = processIdentity(pid);
  if (identity === undefined || !servesCluster(pid, cluster)) return;
  const gone = () => processIdentity(pid) !== identity;
  if (await ends(pid, "SIGINT", gone, FAST_SHUTDOWN_MS)) return;
  if (await ends(pid, "SIGQUIT", gone, IMMEDIATE_SHUTDOWN_MS)) return;
  throw new StartFault(`PostgreSQL of an earlier start (process ${pid}) does not end: end it and start again`);
}

function readPostmasterPid(cluster: string) {
  try {
    return parsePostmasterPid(readFileSync(join(cluster, "postmaster.pid"), "utf8"));
  } catch {
    return undefined;
  }
}

function servesCluster(pid: number, cluster: string): boolean {
  const words = commandOf(pid);
  return words.includes("postgres") && words.includes(cluster);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  }
}

async function ends(pid: number, signal: NodeJS.Signals, gone: () => boolean, withinMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return gone();
  }
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await Bun.sleep(20)) if (gone()) return true;
  return gone();
}
