import { realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkDatabase } from "./checkDatabase.ts";
import { startEmbeddedPostgres } from "./postgres/embeddedPostgres.ts";

export type Database = {
  /** Connection string. */
  readonly url: string;
  /** Where the embedded server's files are, when they could not be kept in the data folder. */
  readonly elsewhere?: string;
  /** Resolves when the embedded server has ended, wanted or not; never when the server is somebody else's. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** Where the administration programs (`npm run stats:verify` …) find the database of a running standalone. */
const URL_FILE = "database-url";

/**
 * The operator's database if one is given, else the embedded one on the data folder.
 * @throws StartFault when it cannot be had.
 */
export async function openDatabase(url: string | undefined, dataFolder: string): Promise<Database> {
  if (url !== undefined) {
    await checkDatabase(url);
    return { url, ended: new Promise(() => {}), stop: async () => {} };
  }
  const postgres = await startEmbeddedPostgres({ dataFolder });
  const urlFile = join(dataFolder, URL_FILE);
  writeFileSync(urlFile, postgres.url, { mode: 0o600 });
  return {
    url: postgres.url,
    ended: postgres.ended,
    ...(postgres.cluster.startsWith(realpathSync(dataFolder)) ? {} : { elsewhere: postgres.cluster }),
    async stop() {
      rmSync(urlFile, { force: true });
      await postgres.stop();
    },
  };
}
