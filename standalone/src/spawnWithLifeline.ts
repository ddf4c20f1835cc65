import { type ChildProcess, spawn } from "node:child_process";

/**
 * The shell becomes the program (`exec`), so the child's pid is the program's. Before that it leaves a watcher, which
 * is nobody's child, on the pipe from this process: when the pipe ends without a word, this process was killed, and the
 * watcher shuts the program down: SIGINT, and SIGCONT for one that is frozen. A program is never left behind.
 */
const WITH_LIFELINE = `exec 3<&0 </dev/null
( (read -r word <&3 || { kill -INT $$; kill -CONT $$; }) >/dev/null 2>&1 & )
exec "$@" 3<&-`;

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal does not reach it, and ends it by SIGINT
 * when this process is gone. `output`: where stdout and stderr go, a pipe or an open file.
 */
export function spawnWithLifeline(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly output: "pipe" | "ignore" | number;
    readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  },
): ChildProcess {
  const child = spawn("/bin/sh", ["-c", WITH_LIFELINE, "sh", program, ...args], {
    ...options.account,
    cwd: options.cwd,
    detached: true,
    stdio: ["pipe", options.output, options.output],
    env: options.env,
  });
  child.stdin?.on("error", () => {});
  const done = () => child.stdin?.end("ended\n");
  child.once("exit", done);
  child.once("error", done);
  return child;
}
