import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../standalone/src/postgres/embeddedPostgres.ts";

/** A PostgreSQL for the tests, fast and forgetful; `stop` removes it. `TEST_DATABASE_URL` names another instead. */
export async function startTestDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "espigon-test-"));
  chmodSync(folder, 0o711);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ dataFolder: folder, durable: false, maxConnections: 400 });
    return {
      url: server.url,
      async stop() {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
