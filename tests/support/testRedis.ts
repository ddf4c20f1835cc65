import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { Redis } from "ioredis";
import { freePort } from "./freePort.ts";

export type TestRedis = {
  readonly url: string;
  readonly pid: number;
  /** Ends the server, by default politely; its data is gone. Resolves when the process has ended. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
};

/** The Redis program that `npm test` found or installed; absent when there is none to be had. */
export const redisServerPath: string | undefined = process.env["TEST_REDIS_SERVER"];

/** Starts a real, empty Redis of its own on loopback. `port` brings one back where another was. */
export async function startRedis(options: { port?: number } = {}): Promise<TestRedis> {
  if (redisServerPath === undefined) throw new Error("TEST_REDIS_SERVER is not set: run the tests by `npm test`");
  const port = options.port ?? (await freePort());
  const child = spawn(
    redisServerPath,
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"],
    { stdio: "ignore", cwd: tmpdir() },
  );
  const url = `redis://127.0.0.1:${port}`;
  await answering(url);
  return {
    url,
    pid: child.pid ?? 0,
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, "exit");
    },
  };
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on("error", () => {});
    try {
      await redis.connect();
      await redis.ping();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      redis.disconnect();
    }
  }
  throw new Error(`Redis did not answer on ${url} within 10 s`);
}
