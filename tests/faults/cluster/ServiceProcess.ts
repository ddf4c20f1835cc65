import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnWithLifeline } from "../../../standalone/src/spawnWithLifeline.ts";

export type ServiceName = "rest_service" | "realtime_service" | "report_service";

/** One service as a process of its own, on a port that it keeps over restarts. */
export type ServiceProcess = {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  /** 0 before the first start. */
  readonly pid: () => number;
  readonly isAlive: () => boolean;
  readonly isFrozen: () => boolean;
  /** Starts it, and resolves when it listens. @throws with what it printed when it does not. */
  readonly start: () => Promise<void>;
  /** Ends it; resolves to its exit code (`null`: by the signal) when the process is gone. */
  readonly end: (signal: "SIGKILL" | "SIGTERM") => Promise<number | null>;
  /** SIGSTOP. */
  readonly freeze: () => void;
  /** SIGCONT. */
  readonly thaw: () => void;
  /** The last lines that it printed. */
  readonly output: () => string;
};

const START_MS = 40_000;
const KEPT_OUTPUT = 20_000;

/** `bun backend/<service>/src/main.ts` with this environment and no other but PATH; not started yet. */
export function createServiceProcess(options: {
  readonly service: ServiceName;
  readonly name: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** Whatever it prints, as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The process is gone, asked or not. */
  readonly onEnd?: () => void;
}): ServiceProcess {
  const main = fileURLToPath(new URL(`../../../backend/${options.service}/src/main.ts`, import.meta.url));
  let child: ChildProcess | undefined;
  let frozen = false;
  let text = "";

  const isAlive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  return {
    name: options.name,
    port: options.port,
    url: `http://127.0.0.1:${options.port}`,
    pid: () => child?.pid ?? 0,
    isAlive,
    isFrozen: () => isAlive() && frozen,
    async start() {
      if (isAlive()) return;
      frozen = false;
      let said = "";
      const started = spawnWithLifeline(process.execPath, [main], {
        cwd: "/",
        output: "pipe",
        env: { PATH: process.env["PATH"] ?? "", HOME: "/", ...options.env, PORT: String(options.port) },
      });
      child = started;
      started.once("exit", () => options.onEnd?.());
      for (const stream of [started.stdout, started.stderr]) {
        stream?.setEncoding("utf8").on("data", (chunk: string) => {
          said = (said + chunk).slice(-KEPT_OUTPUT);
          text = (text + chunk).slice(-KEPT_OUTPUT);
          options.onOutput?.(chunk);
        });
      }
      const deadline = performance.now() + START_MS;
      while (!said.includes("listening on")) {
        if (!isAlive() || performance.now() > deadline) {
          started.kill("SIGKILL");
          throw new Error(`${options.name} did not start:\n${said}`);
        }
        await Bun.sleep(20);
      }
    },
    async end(signal) {
      if (child === undefined || !isAlive()) return child?.exitCode ?? null;
      // And all that it said has been read.
      const gone = once(child, "close");
      child.kill(signal);
      if (frozen && signal === "SIGTERM") child.kill("SIGCONT");
      await gone;
      return child.exitCode;
    },
    freeze() {
      frozen = child?.kill("SIGSTOP") ?? false;
    },
    thaw() {
      child?.kill("SIGCONT");
      frozen = false;
    },
    output: () => text,
  };
}
