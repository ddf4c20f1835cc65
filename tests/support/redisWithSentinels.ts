import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../faults/support/until.ts";
import { freePort } from "./freePort.ts";
import { followsMaster, type RedisProcess, startRedisProcess } from "./redisProcess.ts";
import type { TestCertificates } from "./testCertificates.ts";

/** A master, its replica, and three sentinels that let the replica take over when the master is gone. */
export type RedisWithSentinels = {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** As they were at the start. */
  readonly master: RedisProcess;
  readonly replica: RedisProcess;
  readonly sentinels: readonly RedisProcess[];
  /** The port of the master that all sentinels name; undefined while they differ. */
  readonly masterPort: () => Promise<number | undefined>;
  /** Whether a master answers, its replica has its data, and the sentinels would let that one take over at once. */
  readonly isWhole: () => Promise<boolean>;
  /** Starts one of the two again that has ended: empty, on its port, as a replica of another port if that is given. */
  readonly startAgain: (port: number, masterPort?: number) => Promise<RedisProcess>;
  readonly stop: () => Promise<void>;
};

/** What the sentinels call the master. */
export const MASTER_NAME = "espigon";
const PLAIN = ["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"];

/** With certificates all of them speak TLS and nothing else. */
export async function startRedisWithSentinels(options: { tls?: TestCertificates } = {}): Promise<RedisWithSentinels> {
  const folder = mkdtempSync(join(tmpdir(), "espigon-sentinel-"));
  const started = new Map<number, RedisProcess>();
  const start = async (port: number, args: readonly string[]) => {
    const process = await startRedisProcess(port, folder, args, options);
    started.set(port, process);
    return process;
  };
  const startAgain: RedisWithSentinels["startAgain"] = (port, masterPort) =>
    start(port, masterPort === undefined ? PLAIN : [...PLAIN, "--replicaof", "127.0.0.1", String(masterPort)]);
  const stop = async () => {
    await Promise.all(started.values().map((process) => process.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const master = await startAgain(await freePort());
    const replica = await startAgain(await freePort(), master.port);
    await until("the replica follows", () => followsMaster(replica));
    const sentinels: RedisProcess[] = [];
    const views = (command: string) =>
      Promise.all(sentinels.map((each) => each.call("SENTINEL", command, MASTER_NAME)));
    const masterPort = async () => {
      const ports = new Set((await views("MASTER")).map((view) => Number(field(view, "port"))));
      return ports.size === 1 ? [...ports][0] : undefined;
    };
    const isWhole = async () => {
      const port = await masterPort();
      const follower = started.get(port === master.port ? replica.port : master.port);
      if (port === undefined || follower === undefined) return false;
      const [ofMaster, ofReplicas] = await Promise.all([views("MASTER"), views("REPLICAS")]);
      return (
        ofMaster.every((view) => field(view, "flags") === "master" && field(view, "num-other-sentinels") === "2") &&
        ofReplicas.every((view) => Array.isArray(view) && view.length === 1 && field(view[0], "flags") === "slave") &&
        String(await started.get(port)?.call("INFO", "replication")).includes("role:master") &&
        (await followsMaster(follower))
      );
    };
    for (let index = 0; index < 3; index += 1) {
      const file = join(folder, `sentinel-${index}.conf`);
      writeFileSync(
        file,
        [
          `sentinel monitor ${MASTER_NAME} 127.0.0.1 ${master.port} 2`,
          `sentinel down-after-milliseconds ${MASTER_NAME} 2000`,
          `sentinel failover-timeout ${MASTER_NAME} 5000`,
          "",
        ].join("\n"),
      );
      sentinels.push(await start(await freePort(), [file, "--sentinel"]));
    }
    // Only sentinels that know each other and the replica can agree on a failover.
    await until("the sentinels know each other", isWhole);
    return {
      url: `${options.tls === undefined ? "redis" : "rediss"}+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",")}/${MASTER_NAME}`,
      master,
      replica,
      sentinels,
      masterPort,
      isWhole,
      startAgain,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function field(reply: unknown, name: string): string {
  const fields = Array.isArray(reply) ? reply : Object.entries(reply as object).flat();
  return String(fields[fields.indexOf(name) + 1]);
}
