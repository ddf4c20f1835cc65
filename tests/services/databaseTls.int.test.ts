import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { RestConfig } from "../../backend/rest_service/src/config.ts";
import { openDatabase } from "../../backend/rest_service/src/infrastructure/persistence/openDatabase.ts";
import { silentLogger } from "../../backend/rest_service/src/testing/silentLogger.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../standalone/src/postgres/embeddedPostgres.ts";
import { until } from "../faults/support/until.ts";
import {
  createTestCertificates,
  opensslPath,
  type ServerCertificates,
  type TestCertificates,
} from "../support/testCertificates.ts";

setDefaultTimeout(90_000);

describe.skipIf(opensslPath === undefined)(
  `PostgreSQL over TLS${opensslPath === undefined ? " (skipped: no openssl)" : ""}`,
  () => {
    let folder: string;
    let server: EmbeddedPostgres;
    let certificates: TestCertificates;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "espigon-postgres-tls-"));
      chmodSync(folder, 0o711);
      certificates = createTestCertificates();
      server = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
    });
    afterAll(async () => {
      await server.stop();
      certificates.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Whether the connection is encrypted, or why there is none. */
    async function tried(parameters: string): Promise<string> {
      try {
        const url = `${server.url}?${parameters}`;
        const pool = await openDatabase({ url, applicationName: "test", logger: silentLogger, max: 1 });
        const { rows } = await pool.query<{ ssl: boolean }>("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
        await pool.end();
        return rows[0]?.ssl ? "encrypted" : "plain";
      } catch (error) {
        return String(error);
      }
    }

    /** The server takes them up without a restart; resolves when it has. */
    async function serveWith({ server: { cert, key } }: ServerCertificates, name: string): Promise<void> {
      const { uid, gid } = statSync(server.cluster);
      for (const [ending, content] of Object.entries({ crt: cert, key })) {
        const file = join(server.cluster, `${name}.${ending}`);
        writeFileSync(file, content, { mode: 0o600 });
        chownSync(file, uid, gid);
      }
      const client = new pg.Client(server.url);
      await client.connect();
      await client.query(`alter system set ssl_cert_file = '${name}.crt'`);
      await client.query(`alter system set ssl_key_file = '${name}.key'`);
      await client.query("alter system set ssl = on");
      await client.query("select pg_reload_conf()");
      const shown = async () => (await client.query<{ ssl_cert_file: string }>("show ssl_cert_file")).rows[0];
      await until("the settings are taken up", async () => (await shown())?.ssl_cert_file === `${name}.crt`);
      await client.end();
    }

    test("verify-full connects to the right server encrypted, to another one or without encryption never", async () => {
      const { files, otherCaFile, elsewhere } = certificates;
      const verified = `sslmode=verify-full&sslrootcert=${files.ca}`;
      expect(await tried(verified)).toContain("does not support SSL");
      await serveWith(certificates, "here");
      await until("the server speaks TLS", async () => (await tried(verified)) === "encrypted");
      expect(await tried(`sslmode=verify-full&sslrootcert=${otherCaFile}`)).toMatch(
        /unable to verify the first certificate/,
      );
      expect(await tried("sslmode=verify-full")).toMatch(/unable to verify the first certificate/);
      expect(await tried(`sslmode=verify-full&sslrootcert=${files.ca}-absent`)).toContain("ENOENT");
      expect(await tried("sslmode=no-verify")).toBe("encrypted");
      expect(await tried("sslmode=disable")).toBe("plain");

      await serveWith(elsewhere, "elsewhere");
      await until("the server is another", async () => (await tried(verified)) !== "encrypted");
      expect(await tried(verified)).toContain("does not match certificate's altnames");
    });

    test("a mode that encrypts without saying whether it verifies is refused at the start", () => {
      const take = (query: string) => RestConfig.shape.DATABASE_URL.safeParse(`postgres://u:hunter2@h/d${query}`);
      for (const mode of ["verify-full", "no-verify", "disable"]) expect(take(`?sslmode=${mode}`).success).toBe(true);
      expect(take("").success).toBe(true);
      for (const mode of ["require", "prefer", "allow", "verify-ca", ""]) {
        const { error } = take(`?sslmode=${mode}`);
        expect(error?.message).toContain("verify-full");
        expect(error?.message).not.toContain("hunter2");
      }
    });
  },
);
