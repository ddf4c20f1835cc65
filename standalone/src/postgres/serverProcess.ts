import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Account } from "./account.ts";
import { lastFaultIn } from "./lastFaultIn.ts";

/**
 * The shell becomes the server (`exec`), so the child's pid is the server's. Before that it leaves a watcher, which is
 * nobody's child, on the pipe from this process: when the pipe ends without a word, this process was killed, and the
 * watcher shuts the server down (SIGINT: fast and clean). A server is never left behind.
 */
const WITH_LIFELINE = `exec 3<&0 </dev/null
( (read -r word <&3 || kill -INT $$) >/dev/null 2>&1 & )
exec "$@" 3<&-`;

export type ServerProcess = {
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** Fast shutdown: clients are cut off, everything committed is safe. Resolves when the process is gone. */
  stop(): Promise<void>;
  /** The last fatal line of the server's log, without its time; empty when there is none. */
  lastFault(): string;
};

const FAST_SHUTDOWN_MS = 8_000;

/** Starts PostgreSQL in a session of its own, so that Ctrl-C in the terminal reaches it through `stop` only. */
export function spawnServer(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly account: Account | undefined;
  readonly logFile: string;
}): ServerProcess {
  const log = openSync(options.logFile, "w", 0o600);
  const child = spawn("/bin/sh", ["-c", WITH_LIFELINE, "sh", options.program, ...options.args], {
    ...options.account,
    cwd: "/",
    detached: true,
    stdio: ["pipe", log, log],
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  });
  closeSync(log);
  child.stdin?.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    const done = () => {
      child.stdin?.end("ended\n");
      resolve();
    };
    child.once("exit", done);
    child.once("error", done);
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    ended,
    hasEnded,
    stop: () => stop(child, hasEnded, ended),
    lastFault: () => lastFaultIn(readFileSync(options.logFile, "utf8")),
  };
}

async function stop(child: ChildProcess, hasEnded: () => boolean, ended: Promise<void>): Promise<void> {
  if (hasEnded()) return;
  child.kill("SIGINT");
  const harder = setTimeout(() => child.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(harder);
}
