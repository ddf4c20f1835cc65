import { Redis } from "ioredis";
import { freePort } from "../../support/freePort.ts";
import { startRedis } from "../../support/testRedis.ts";

/** The Redis of a cluster. */
export type FaultRedis = {
  readonly servers: readonly number[];
  /** The ports of those who say which of the servers is the master. */
  readonly sentinels: readonly number[];
  /** For `REDIS_URL`, when each of these ports is reached by way of another one. */
  readonly url: (by: (port: number) => number) => string;
  /** One command, to the master. */
  readonly call: (command: string, ...args: string[]) => Promise<unknown>;
  /** kill -9 of every server; empty ones start in their place. */
  readonly restart: () => Promise<void>;
  /**
   * The master is killed, killed when it has told its replica nothing for a while, or frozen: resolves when the replica
   * has taken over. Absent where there is none.
   */
  readonly failOver?: (master: "killed" | "killed ahead" | "frozen") => Promise<void>;
  /** Resolves when all servers run and could be hit again. */
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** One server, and nobody who could take over. */
export async function loneRedis(): Promise<FaultRedis> {
  const port = await freePort();
  let server = await startRedis({ port });
  return {
    servers: [port],
    sentinels: [],
    url: (by) => `redis://127.0.0.1:${by(port)}`,
    async call(command, ...args) {
      const client = new Redis(server.url);
      try {
        return await client.call(command, ...args);
      } finally {
        client.disconnect();
      }
    },
    async restart() {
      await server.stop("SIGKILL");
      server = await startRedis({ port });
    },
    heal: async () => {},
    stop: () => server.stop("SIGKILL"),
  };
}
