import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { portsAt } from "../../standalone/src/ports.ts";
import { freeOffset } from "./freePort.ts";

export type Marketplace = {
  /** The frontend's address, as `npm start` announced it. */
  readonly url: string;
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly graphqlUrl: string;
  /** Of npm. */
  readonly pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** SIGTERM by default; resolves to the exit code (`null`: a signal ended it). */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

const START_MS = 120_000;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder that is gone after `remove`; others may pass through it, as the database's account must. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "espigon-e2e-"));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** For `--port-offset`. */
export function freePortOffset(): Promise<number> {
  return freeOffset(portsAt(0));
}

/** Runs `npm start` as a user would, with these arguments, and collects what it prints. */
export function spawnStart(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn("npm", ["start", "--silent", "--", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "", ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => (text += chunk));
  const ended = once(child, "close").then(() => child.exitCode);
  return { child, ended, output: () => text };
}

/** Starts a marketplace with demo data of its own and waits until it is ready. */
export async function startMarketplace(options: {
  data: string;
  portOffset: number;
  env?: Readonly<Record<string, string>>;
  args?: readonly string[];
}): Promise<Marketplace> {
  const ports = portsAt(options.portOffset);
  const { child, ended, output } = spawnStart(
    ["--port-offset", String(options.portOffset), "--data", options.data, ...(options.args ?? [])],
    options.env,
  );
  await ready(child, ended, output);
  return {
    url: /^ready (\S+)$/m.exec(output())?.[1] ?? "",
    apiUrl: `http://localhost:${ports.rest}`,
    wsUrl: `ws://localhost:${ports.realtime}`,
    graphqlUrl: `http://localhost:${ports.report}/graphql`,
    pid: child.pid ?? 0,
    output,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

async function ready(child: ChildProcess, ended: Promise<unknown>, output: () => string): Promise<void> {
  const over = ended.then(() => "over" as const);
  for (const deadline = Date.now() + START_MS; Date.now() < deadline;) {
    if (/^ready /m.test(output())) return;
    const pause = new Promise((resolve) => setTimeout(resolve, 50));
    if ((await Promise.race([over, pause])) === "over") break;
  }
  child.kill("SIGTERM");
  throw new Error(`the marketplace did not get ready:\n${output()}`);
}
