import { spawn } from "node:child_process";

export type ProgramOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ends the program (SIGTERM). */
  readonly signal: AbortSignal;
  readonly quiet?: boolean;
  readonly timeoutMs?: number;
};

/** Runs a program to its end, with its output on ours unless `quiet`. Resolves to its exit code; 1 when it was ended. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? process.cwd(),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", options.quiet === true ? "ignore" : "inherit", options.quiet === true ? "ignore" : "inherit"],
    });
    const end = () => child.kill("SIGTERM");
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(end, options.timeoutMs);
    options.signal.addEventListener("abort", end);
    if (options.signal.aborted) end();
    const done = (code: number) => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", end);
      resolve(code);
    };
    child.on("error", () => done(1));
    child.on("exit", (code) => done(code ?? 1));
  });
}
