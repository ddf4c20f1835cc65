import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createServiceProcess, type ServiceProcess } from "../faults/cluster/ServiceProcess.ts";
import { type FaultProxy, startFaultProxy } from "../faults/proxy/startFaultProxy.ts";
import { until } from "../faults/support/until.ts";
import { freePort } from "../support/freePort.ts";
import { createTestDatabase, type TestDatabase } from "../support/testDatabase.ts";

describe("a service that is told to stop while PostgreSQL is silent", () => {
  let database: TestDatabase;
  // Not frozen itself: it serves the tests beside this one, whose databases could not be dropped meanwhile.
  let toPostgres: FaultProxy;
  let rest: ServiceProcess;
  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    const upstream = Number(url.port || 5432);
    toPostgres = await startFaultProxy({ upstreams: () => [upstream], random: Math.random });
    url.port = String(toPostgres.port);
    rest = createServiceProcess({
      service: "rest_service",
      name: "rest_service",
      port: await freePort(),
      // Redis is nowhere: rest_service does without.
      env: { JWT_SECRET: "s".repeat(32), DATABASE_URL: url.href, REDIS_URL: "redis://127.0.0.1:1", LOG_LEVEL: "fatal" },
    });
    await rest.start();
  }, 60_000);
  afterAll(async () => {
    await rest.end("SIGKILL");
    await toPostgres.stop();
    await database.drop();
  });

  test("ends after 10 s all the same, with one line that says so", async () => {
    toPostgres.set({ upstream: { blackHole: true }, downstream: { blackHole: true } });
    // By then the sequencer waits for an answer too: it asks every 100 ms.
    await until("it has noticed", async () => (await fetch(`${rest.url}/readyz`)).status === 503);
    expect(await rest.end("SIGTERM")).toBe(1);
    await until("it has said so", () => rest.output().includes("did not stop within 10 s"));
    expect(rest.output().match(/did not stop within 10 s/g)).toHaveLength(1);
  }, 60_000);
});
