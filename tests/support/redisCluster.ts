import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../faults/support/until.ts";
import { freePort } from "./freePort.ts";
import { followsMaster, type RedisProcess, startRedisProcess } from "./redisProcess.ts";
import type { TestCertificates } from "./testCertificates.ts";

/** Three masters, and a replica of the one that has the slot of a key. */
export type RedisCluster = {
  /** For `REDIS_URL`. */
  readonly url: string;
  /** The master that has the key at the start, and its replica. */
  readonly owner: RedisProcess;
  readonly replica: RedisProcess;
  readonly ports: readonly number[];
  /** The other masters. */
  readonly others: readonly RedisProcess[];
  /** Moves the key with its slot from one master to another, as an operator does who makes room. */
  readonly migrate: (from: RedisProcess, to: RedisProcess) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const SLOTS = 16_384;

/** With certificates all nodes speak TLS and nothing else. They tell clients `announced` instead of their address. */
export async function startRedisCluster(
  key: string,
  options: { tls?: TestCertificates; announced?: string } = {},
): Promise<RedisCluster> {
  const { tls, announced } = options;
  const folder = mkdtempSync(join(tmpdir(), "espigon-cluster-"));
  const nodes: RedisProcess[] = [];
  const start = async () => {
    const [port, busPort] = [await freePort(), await freePort()];
    const args = ["--save", "", "--cluster-enabled", "yes", "--cluster-config-file", `nodes-${port}.conf`];
    args.push("--cluster-port", String(busPort), "--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0");
    if (tls !== undefined) args.push("--tls-cluster", "yes");
    if (announced !== undefined) {
      args.push("--cluster-announce-hostname", announced, "--cluster-preferred-endpoint-type", "hostname");
    }
    const node = await startRedisProcess(port, folder, args, options);
    nodes.push(node);
    return { ...node, busPort, id: String(await node.call("CLUSTER", "MYID")) };
  };
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const masters = [await start(), await start(), await start()] as const;
    const replica = await start();
    const slot = Number(await replica.call("CLUSTER", "KEYSLOT", key));
    for (const [index, master] of masters.entries()) {
      const [from, next] = [index, index + 1].map((place) => Math.floor((place * SLOTS) / masters.length));
      await master.call("CLUSTER", "ADDSLOTSRANGE", String(from), String((next ?? 0) - 1));
      await master.call("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
    }
    for (const { port, busPort } of [...masters.slice(1), replica]) {
      await masters[0].call("CLUSTER", "MEET", "127.0.0.1", String(port), String(busPort));
    }
    await until("the nodes know each other", async () => {
      const views = await Promise.all(nodes.map(async (node) => String(await node.call("CLUSTER", "INFO"))));
      return views.every((view) => view.includes("cluster_state:ok") && view.includes(`known_nodes:${nodes.length}`));
    });
    const owner = masters[Math.floor((slot * masters.length) / SLOTS)] ?? masters[0];
    await replica.call("CLUSTER", "REPLICATE", owner.id);
    await until("the replica follows", () => followsMaster(replica));
    const idOf = async (node: RedisProcess) => String(await node.call("CLUSTER", "MYID"));
    return {
      url: `redis${tls === undefined ? "" : "s"}+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
      owner,
      replica,
      ports: nodes.map(({ port }) => port),
      others: masters.filter((master) => master !== owner),
      async migrate(from, to) {
        const [source, target] = [await idOf(from), await idOf(to)];
        await to.call("CLUSTER", "SETSLOT", String(slot), "IMPORTING", source);
        await from.call("CLUSTER", "SETSLOT", String(slot), "MIGRATING", target);
        await from.call("MIGRATE", "127.0.0.1", String(to.port), key, "0", "5000");
        for (const node of [to, from]) await node.call("CLUSTER", "SETSLOT", String(slot), "NODE", target);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
