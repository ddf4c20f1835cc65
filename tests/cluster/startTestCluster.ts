import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterPortsAt } from "../../scripts/cluster/clusterPorts.ts";
import {
  type LocalCluster,
  type LocalClusterOptions,
  startLocalCluster,
} from "../../scripts/cluster/startLocalCluster.ts";
import { freeOffset } from "../support/freePort.ts";
import { createTestDatabase } from "../support/testDatabase.ts";
import { redisServerPath } from "../support/testRedis.ts";

/** What `npm test` found or installed. */
const nginx = process.env["TEST_NGINX"];
export const canRunCluster = nginx !== undefined && redisServerPath !== undefined;

export const CLUSTER_SECRET = "a secret for clusters of tests, of more than 32 bytes";

/** The cluster of `npm run cluster`, on an empty database, without the frontend. Its Redis is its own unless named. */
export async function startTestCluster(
  options: Pick<LocalClusterOptions, "redisUrl" | "env"> = {},
): Promise<LocalCluster> {
  const folder = mkdtempSync(join(tmpdir(), "espigon-nodes-"));
  const database = await createTestDatabase();
  const clean = async (): Promise<void> => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    writeFileSync(join(folder, "index.html"), "<!doctype html><html><head></head></html>");
    const cluster = await startLocalCluster({
      ports: clusterPortsAt(await freeOffset(clusterPortsAt(0))),
      databaseUrl: database.url,
      ...options,
      jwtSecret: CLUSTER_SECRET,
      logLevel: "warn",
      pages: folder,
      folder: join(folder, "files"),
      programs: { nginx: nginx ?? "", redis: redisServerPath ?? "" },
    });
    return {
      ...cluster,
      async stop() {
        await cluster.stop();
        await clean();
      },
    };
  } catch (error) {
    await clean();
    throw error;
  }
}
