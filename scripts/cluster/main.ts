import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, parseConfig } from "@espigon/service_kit";
import { StandaloneConfig } from "../../standalone/src/config.ts";
import { createBroker } from "../../standalone/src/createBroker.ts";
import { openDataFolder } from "../../standalone/src/data/dataFolder.ts";
import { openDatabase } from "../../standalone/src/openDatabase.ts";
import { requireFreePorts } from "../../standalone/src/ports.ts";
import { prepareDatabase } from "../../standalone/src/prepareDatabase.ts";
import { readyMessage } from "../../standalone/src/readyMessage.ts";
import { StartFault } from "../../standalone/src/StartFault.ts";
import { whenAskedToStop } from "../../standalone/src/whenAskedToStop.ts";
import { whenPublished } from "../../standalone/src/whenPublished.ts";
import { findTools, NGINX, REDIS, type Tool } from "../testing/findTool.ts";
import { clusterPortsAt } from "./clusterPorts.ts";
import { keepRunning } from "./keepRunning.ts";
import { startLocalCluster } from "./startLocalCluster.ts";

const STOP_DEADLINE_MS = 25_000;
const pages = fileURLToPath(new URL("../../frontend/dist", import.meta.url));

process.exit(await main());

/** Resolves to the exit code. */
async function main(): Promise<number> {
  await using parts = new AsyncDisposableStack();
  try {
    const config = parseConfig(StandaloneConfig, process.env);
    const asked = whenAskedToStop(config.STARTER_PID);
    const ports = clusterPortsAt(config.PORT_OFFSET);
    const tools = config.REDIS_URL === undefined ? [NGINX, REDIS] : [NGINX];
    const paths = await findTools(tools, AbortSignal.timeout(300_000));
    const program = (tool: Tool) => paths.get(tool) ?? missing(tool);
    await requireFreePorts(ports, config.HOST);
    const data = openDataFolder(config.DATA_DIR);
    parts.defer(() => data.release());
    const database = await openDatabase(config.DATABASE_URL, data.path);
    parts.defer(() => database.stop());
    const demo = await prepareDatabase(database.url, config.DEMO);
    const supervisor = keepRunning((line) => console.log(line));
    const cluster = await startLocalCluster({
      ports,
      databaseUrl: database.url,
      redisUrl: config.REDIS_URL,
      jwtSecret: config.JWT_SECRET ?? data.secret("jwt-secret"),
      logLevel: config.LOG_LEVEL,
      pages,
      folder: join(data.path, "cluster"),
      programs: { nginx: program(NGINX), redis: config.REDIS_URL === undefined ? program(REDIS) : "" },
      onOutput: (node, text) => process.stdout.write(text.replaceAll(/^(?=.)/gm, `${node}: `)),
      onEnd: supervisor.restart,
    });
    parts.defer(() => cluster.stop());
    parts.defer(() => supervisor.stop());
    const broker = await createBroker(config.REDIS_URL ?? `redis://127.0.0.1:${ports.redis}`);
    await whenPublished(database.url, broker);
    await broker.close();
    console.log(readyMessage({ url: cluster.url, demo, elsewhere: database.elsewhere, api: cluster.url }));
    for (const node of cluster.nodes) console.log(`  ${node.name.padEnd(18)} ${node.url}  pid ${node.pid()}`);
    console.log("kill one and it is started again; nobody should notice.");
    const reason = await Promise.race([asked, database.ended.then(() => "database" as const)]);
    if (reason === "database") console.error("espigon: PostgreSQL has ended by itself");
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    return reason === "database" ? 1 : 0;
  } catch (error) {
    console.error(`espigon: ${explain(error)}`);
    return 1;
  }
}

function missing(tool: Tool): never {
  throw new StartFault(
    `${tool.name} was not found: install it (Debian: apt-get install ${tool.debianPackage}), or set ${tool.variable} to its program`,
  );
}

/** What the operator can mend is one line; anything else comes with its trace. */
function explain(error: unknown): string {
  if (error instanceof StartFault || error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
