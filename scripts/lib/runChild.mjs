import { spawn } from "node:child_process";

const PARENT_CHECK_MS = 500;

/**
 * Runs a program in the foreground and passes SIGINT, SIGTERM and SIGHUP on to it (or does `end` instead); under npm it
 * is also ended when npm is gone (kill -9). Resolves to its exit code; 1 when a signal ended it.
 */
export function runChild(command, args, options = {}, end = (child, signal) => child.kill(signal)) {
  return new Promise((resolve, reject) => {
    const forward = (signal) => end(child, signal);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    // We listen before the program is there: a signal in between would end us alone.
    for (const signal of signals) process.on(signal, forward);
    const child = spawn(command, args, { stdio: "inherit", ...options });
    const unwatch = process.env.npm_lifecycle_event === undefined ? () => {} : whenOrphaned(() => forward("SIGTERM"));
    child.on("error", reject);
    child.on("exit", (code) => {
      unwatch();
      for (const signal of signals) process.off(signal, forward);
      resolve(code ?? 1);
    });
  });
}

function whenOrphaned(act) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_CHECK_MS);
  return () => clearInterval(timer);
}
