import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a running process from a later one with the same pid (its start time and, on Linux, the boot); `undefined`
 * when there is none.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === "linux" ? linuxIdentity(pid) : psIdentity(pid);
}

/** Whether a process has ended, and only its entry is left. Known on Linux only: `false` elsewhere. */
export function isZombie(pid: number): boolean {
  return linuxStat(pid)?.state === "Z";
}

function linuxIdentity(pid: number): string | undefined {
  const stat = linuxStat(pid);
  if (stat === undefined || stat.state === "Z") return undefined;
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${stat.startTime}`;
}

function linuxStat(pid: number): { state: string | undefined; startTime: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; after it come state (field 3), …, start time (field 22).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], startTime: fields[19] };
  } catch {
    return undefined;
  }
}

function psIdentity(pid: number): string | undefined {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
