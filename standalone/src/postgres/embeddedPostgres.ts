import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { keptSecret } from "../data/keptSecret.ts";
import { StartFault } from "../StartFault.ts";
import { serverAccount } from "./account.ts";
import { postgresBinaries } from "./binaries.ts";
import { createCluster, DATABASE_NAME, existingCluster } from "./cluster.ts";
import { endOrphan } from "./endOrphan.ts";
import { type ServerProcess, spawnServer } from "./serverProcess.ts";

export type EmbeddedPostgres = {
  /** Connection string, with the password; loopback only. */
  readonly url: string;
  /** Where the files lie: in the data folder, or elsewhere if the server's account cannot enter that. */
  readonly cluster: string;
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>;
  /** Shuts down; everything committed is safe. Idempotent. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Made by the caller, who also sees to it that no other process uses it. */
  readonly dataFolder: string;
  /** `false` gives up durability for speed: for tests. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
};

/** Recovery after a power cut may take a while. */
const START_DEADLINE_MS = 60_000;
/** How long a killed server and its workers may take to be gone. */
const LEFTOVER_DEADLINE_MS = 15_000;

/**
 * Starts the embedded PostgreSQL on the files of `dataFolder` (made at the first start) and waits until it answers.
 * Passwords are required (SCRAM), so other users of this machine are kept out. A server that an earlier, killed process
 * left behind is ended first.
 * @throws StartFault with the reason when it cannot run.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataFolder, durable = true } = options;
  const existing = existingCluster(dataFolder);
  const account = serverAccount(existing);
  const binaries = postgresBinaries(account);
  const password = keptSecret(join(dataFolder, "postgres-password"));
  const cluster = existing ?? createCluster({ dataFolder, account, binaries, password, durable });
  const deadline = Date.now() + LEFTOVER_DEADLINE_MS;
  for (;;) {
    // At each try: a server that was just killed may still be dying at the first, neither alive nor a zombie yet.
    if (existing !== undefined) await endOrphan(cluster);
    const port = await freePort();
    const server = spawnServer({
      program: binaries.postgres,
      args: serverArguments(cluster, port, durable, options.maxConnections ?? 100),
      account,
      logFile: join(dataFolder, "postgres.log"),
    });
    const url = `postgres://${DATABASE_NAME}:${password}@127.0.0.1:${port}`;
    if (await answers(server, `${url}/postgres`)) {
      await ensureDatabase(`${url}/postgres`);
      return { url: `${url}/${DATABASE_NAME}`, cluster, ended: server.ended, stop: () => server.stop() };
    }
    await server.stop();
    const fault = server.lastFault();
    const mayPass = /shared memory block|already exists|could not create any TCP/.test(fault);
    if (!mayPass || Date.now() > deadline) throw new StartFault(`PostgreSQL did not start: ${fault || "no answer"}`);
    await Bun.sleep(200);
  }
}

function serverArguments(cluster: string, port: number, durable: boolean, maxConnections: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: String(maxConnections),
    timezone: "UTC",
    log_timezone: "UTC",
    jit: "off",
    log_min_messages: "fatal",
    log_min_error_statement: "panic",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function answers(server: ServerProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (!server.hasEnded() && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {});
    try {
      await client.connect();
      return true;
    } catch {
      await Bun.sleep(25);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return false;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`create database ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
