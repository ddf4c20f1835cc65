import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { spawnWithLifeline } from "../spawnWithLifeline.ts";
import type { Account } from "./account.ts";
import { lastFaultIn } from "./lastFaultIn.ts";

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

/** Starts PostgreSQL; SIGINT, which it also gets when this process is gone, shuts it down fast and clean. */
export function spawnServer(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly account: Account | undefined;
  readonly logFile: string;
}): ServerProcess {
  const log = openSync(options.logFile, "w", 0o600);
  const child = spawnWithLifeline(options.program, options.args, {
    account: options.account,
    cwd: "/",
    output: log,
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
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
