import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../faults/support/until.ts";
import { freePort } from "./freePort.ts";
import { followsMaster, type RedisProcess, startRedisProcess } from "./redisProcess.ts";

/** A master, its replica, and three sentinels that let the replica take over when the master is gone. */
export type RedisWithSentinels = {
  /** For `REDIS_URL`. */
  readonly url: string;
  readonly master: RedisProcess;
  readonly replica: RedisProcess;
  readonly stop: () => Promise<void>;
};

const NAME = "espigon";
const PLAIN = ["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"];

export async function startRedisWithSentinels(): Promise<RedisWithSentinels> {
  const folder = mkdtempSync(join(tmpdir(), "espigon-sentinel-"));
  const started: RedisProcess[] = [];
  const start = async (args: readonly string[]) => {
    const process = await startRedisProcess(await freePort(), folder, args);
    started.push(process);
    return process;
  };
  const stop = async () => {
    await Promise.all(started.map((process) => process.kill()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const master = await start(PLAIN);
    const replica = await start([...PLAIN, "--replicaof", "127.0.0.1", String(master.port)]);
    await until("the replica follows", () => followsMaster(replica));
    const sentinels: RedisProcess[] = [];
    for (let index = 0; index < 3; index += 1) {
      const file = join(folder, `sentinel-${index}.conf`);
      writeFileSync(
        file,
        [
          `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
          `sentinel down-after-milliseconds ${NAME} 2000`,
          `sentinel failover-timeout ${NAME} 5000`,
          "",
        ].join("\n"),
      );
      sentinels.push(await start([file, "--sentinel"]));
    }
    // Only sentinels that know each other and the replica can agree on a failover.
    await until("the sentinels know each other", async () => {
      const views = await Promise.all(sentinels.map((each) => each.call("SENTINEL", "MASTER", NAME)));
      return views.every((view) => field(view, "num-other-sentinels") === "2" && field(view, "num-slaves") === "1");
    });
    return {
      url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(",")}/${NAME}`,
      master,
      replica,
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
