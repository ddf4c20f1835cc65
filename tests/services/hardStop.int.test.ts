import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import pg from "pg";
import { createServiceProcess, type ServiceProcess } from "../faults/cluster/ServiceProcess.ts";
import { until } from "../faults/support/until.ts";
import { freePort } from "../support/freePort.ts";
import { createTestDatabase, type TestDatabase } from "../support/testDatabase.ts";

describe("a service that is told to stop while PostgreSQL is frozen", () => {
  let database: TestDatabase;
  let rest: ServiceProcess;
  let frozen: readonly number[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    rest = createServiceProcess({
      service: "rest_service",
      name: "rest_service",
      port: await freePort(),
      // Redis is nowhere: rest_service does without.
      env: {
        JWT_SECRET: "s".repeat(32),
        DATABASE_URL: database.url,
        REDIS_URL: "redis://127.0.0.1:1",
        LOG_LEVEL: "fatal",
      },
    });
    await rest.start();
  }, 60_000);
  afterAll(async () => {
    await rest.end("SIGKILL");
    for (const pid of frozen) process.kill(pid, "SIGCONT");
    await database.drop();
  });

  test("ends after 10 s all the same, with one line that says so", async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await client.end();
    frozen = rows.map(({ pid }) => pid);
    expect(frozen.length).toBeGreaterThan(0);
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    // By then the sequencer waits for an answer too: it asks every 100 ms.
    await until("it has noticed", async () => (await fetch(`${rest.url}/readyz`)).status === 503);
    expect(await rest.end("SIGTERM")).toBe(1);
    expect(rest.output().match(/did not stop within 10 s/g)).toHaveLength(1);
  }, 60_000);
});
