import { once } from "node:events";
import { Redis } from "ioredis";
import { spawnWithLifeline } from "../../standalone/src/spawnWithLifeline.ts";
import { until } from "../faults/support/until.ts";
import type { ServerCertificates } from "./testCertificates.ts";
import { redisServerPath } from "./testRedis.ts";

/** A `redis-server` on loopback with these arguments, which keeps nothing on disk of its own accord. */
export type RedisProcess = {
  readonly port: number;
  readonly pid: number;
  /** One command on a connection of its own. */
  readonly call: (command: string, ...args: readonly string[]) => Promise<unknown>;
  /** Resolves when the process has ended. */
  readonly kill: () => Promise<void>;
};

/** Starts it in `folder` and waits until it answers. With certificates it speaks TLS and nothing else. */
export async function startRedisProcess(
  port: number,
  folder: string,
  args: readonly string[],
  options: { readonly program?: string; readonly tls?: ServerCertificates | undefined } = {},
): Promise<RedisProcess> {
  const { program = redisServerPath, tls } = options;
  if (program === undefined) throw new Error("TEST_REDIS_SERVER is not set: run the tests by `npm test`");
  const listening = tls === undefined ? ["--port", String(port)] : tlsArguments(port, tls);
  const child = spawnWithLifeline(program, [...args, ...listening, "--bind", "127.0.0.1"], {
    output: "ignore",
    cwd: folder,
    env: {},
  });
  const call: RedisProcess["call"] = async (command, ...parameters) => {
    const client = new Redis({
      port,
      lazyConnect: true,
      retryStrategy: () => null,
      commandTimeout: 5_000,
      // Whatever name its certificate has: this is not who has to be careful.
      ...(tls === undefined ? {} : { tls: { ca: tls.ca, ...tls.server, checkServerIdentity: () => undefined } }),
    });
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.call(command, ...parameters);
    } finally {
      client.disconnect();
    }
  };
  await until("redis-server answers", () => {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    return call("PING").then(Boolean, () => false);
  });
  return {
    port,
    pid: child.pid ?? 0,
    call,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** Replicas, nodes of a cluster and sentinels speak TLS among each other too. */
function tlsArguments(port: number, { files }: ServerCertificates): string[] {
  const certificates = ["--tls-cert-file", files.cert, "--tls-key-file", files.key, "--tls-ca-cert-file", files.ca];
  return ["--port", "0", "--tls-port", String(port), "--tls-replication", "yes", ...certificates];
}

/** Whether a replica has its master's data, or has lost it. */
export async function followsMaster(replica: RedisProcess): Promise<boolean> {
  return String(await replica.call("INFO", "replication")).includes("master_link_status:up");
}

/**
 * From now on what the master takes does not reach its replica, as when it dies before it has sent it. Connections
 * that clients have stay; new ones are refused.
 */
export async function cutReplication(master: RedisProcess, replica: RedisProcess): Promise<void> {
  const client = new Redis({ port: master.port });
  try {
    await client.config("SET", "requirepass", "not for replicas");
    await client.call("CLIENT", "KILL", "TYPE", "replica");
  } finally {
    client.disconnect();
  }
  await until("the replica is cut off", async () => !(await followsMaster(replica)));
}
