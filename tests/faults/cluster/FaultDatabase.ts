import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../standalone/src/postgres/embeddedPostgres.ts";
import { parsePostmasterPid } from "../../../standalone/src/postgres/postmasterPid.ts";
import { createTestDatabase } from "../../support/testDatabase.ts";

/** The PostgreSQL of a cluster. */
export type FaultDatabase = {
  /** The connection string of the moment, without a proxy between. */
  readonly url: () => string;
  /** kill -9 of the server; absent where the server is not ours to kill. Gone when it resolves. */
  readonly kill?: () => Promise<void>;
  /** Starts it again on its files, maybe on another port. */
  readonly restart?: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A database of its own on the server of the tests. */
export async function sharedDatabase(): Promise<FaultDatabase> {
  const database = await createTestDatabase();
  return { url: () => database.url, stop: () => database.drop() };
}

/** A server of its own, which can be killed. What it has committed survives that: it writes before it answers. */
export async function ownDatabase(): Promise<FaultDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "espigon-faults-"));
  chmodSync(folder, 0o711);
  let server = await start(folder);
  return {
    url: () => server.url,
    async kill() {
      const found = parsePostmasterPid(readFileSync(join(server.cluster, "postmaster.pid"), "utf8"));
      if (found === undefined) throw new Error("the database server has no pid file");
      process.kill(found.pid, "SIGKILL");
      await server.ended;
    },
    async restart() {
      server = await start(folder);
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder: folder, maxConnections: 200 });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  // No power cut is tried here: the kernel keeps what a killed process wrote.
  await client.query("alter system set fsync = off");
  await client.query("select pg_reload_conf()");
  await client.end();
  return server;
}
