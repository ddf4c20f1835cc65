import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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
const PORTS = [3000, 8085, 4000, 5173] as const;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder that is gone after `remove`; others may pass through it, as the database's account must. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "espigon-e2e-"));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An offset at which nobody listens on any port of the marketplace, below the ports that outgoing connections get. */
export async function freePortOffset(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const offset = 10_000 + Math.floor(Math.random() * 14_000);
    const free = await Promise.all(PORTS.map((port) => isFree(port + offset)));
    if (free.every(Boolean)) return offset;
  }
  throw new Error("no free ports");
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
  const { portOffset: offset } = options;
  const { child, ended, output } = spawnStart(
    ["--port-offset", String(offset), "--data", options.data, ...(options.args ?? [])],
    options.env,
  );
  await ready(child, ended, output);
  return {
    url: /^ready (\S+)$/m.exec(output())?.[1] ?? "",
    apiUrl: `http://localhost:${3000 + offset}`,
    wsUrl: `ws://localhost:${8085 + offset}`,
    graphqlUrl: `http://localhost:${4000 + offset}/graphql`,
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

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
