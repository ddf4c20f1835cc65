import type { StandaloneConfig } from "./config.ts";
import { createBroker } from "./createBroker.ts";
import { openDataFolder } from "./data/dataFolder.ts";
import { openDatabase } from "./openDatabase.ts";
import { portsAt, requireFreePorts } from "./ports.ts";
import { prepareDatabase } from "./prepareDatabase.ts";
import { runtimeConfigFor } from "./runtimeConfigFor.ts";
import { startServices } from "./startServices.ts";
import { HOSTNAMES, startStaticServer } from "./web/staticServer.ts";

export type Standalone = {
  /** Where a browser finds the marketplace. */
  readonly url: string;
  /** Whether the demo accounts exist. */
  readonly demo: boolean;
  /** Where the database's files are, when they could not be kept in the data folder. */
  readonly elsewhere: string | undefined;
  /** Resolves when the embedded database has ended, wanted or not; never when the database is somebody else's. */
  readonly databaseEnded: Promise<void>;
  /** Stops all that was started, last first, and frees the data folder. Idempotent. */
  stop(): Promise<void>;
};

/**
 * Starts everything in this process: database, broker, the three services and the frontend. When any part cannot
 * start, those before it are stopped again.
 * @throws StartFault when the operator can mend the reason.
 */
export async function startStandalone(config: StandaloneConfig, frontendFolder: string): Promise<Standalone> {
  await using parts = new AsyncDisposableStack();
  const ports = portsAt(config.PORT_OFFSET);
  await requireFreePorts(ports, config.HOST);
  const data = openDataFolder(config.DATA_DIR);
  parts.defer(() => data.release());
  const database = await openDatabase(config.DATABASE_URL, data.path);
  parts.defer(() => database.stop());
  const demo = await prepareDatabase(database.url, config.DEMO);
  const broker = await createBroker(config.REDIS_URL);
  parts.defer(() => broker.close());
  await startServices(
    {
      config,
      ports,
      broker,
      databaseUrl: database.url,
      jwtSecret: config.JWT_SECRET ?? data.secret("jwt-secret"),
      origins: HOSTNAMES.map((hostname) => `http://${hostname}:${ports.frontend}`),
    },
    parts,
  );
  const frontend = startStaticServer({
    folder: frontendFolder,
    host: config.HOST,
    port: ports.frontend,
    configFor: (hostname) => runtimeConfigFor(hostname, ports),
  });
  parts.defer(() => frontend.stop());
  const started = parts.move();
  return {
    url: `http://localhost:${ports.frontend}`,
    demo,
    elsewhere: database.elsewhere,
    databaseEnded: database.ended,
    stop: () => started.disposeAsync(),
  };
}
