import { type FaultProxy, startFaultProxy } from "../faults/proxy/startFaultProxy.ts";
import { createServiceProcess, type ServiceName, type ServiceProcess } from "../faults/cluster/ServiceProcess.ts";
import { freePort } from "../support/freePort.ts";
import { createTestDatabase } from "../support/testDatabase.ts";
import { startRedis, type TestRedis } from "../support/testRedis.ts";

/** One node of every service on a Redis and a database of their own; PostgreSQL is reached through a proxy. */
export type Nodes = {
  readonly rest: ServiceProcess;
  readonly realtime: ServiceProcess;
  readonly report: ServiceProcess;
  readonly toPostgres: FaultProxy;
  /** The database, past the proxy. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly stopRedis: () => Promise<void>;
  readonly startRedis: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** `env` is for all services. */
export async function startNodes(env: Readonly<Record<string, string>> = {}): Promise<Nodes> {
  await using parts = new AsyncDisposableStack();
  const database = await createTestDatabase();
  parts.defer(() => database.drop());
  const direct = new URL(database.url);
  const toPostgres = await startFaultProxy({ upstreams: () => [Number(direct.port || 5432)], random: Math.random });
  parts.defer(() => toPostgres.stop());
  const port = await freePort();
  let redis: TestRedis = await startRedis({ port });
  parts.defer(() => redis.stop());
  const throughProxy = new URL(database.url);
  throughProxy.port = String(toPostgres.port);

  const common = { JWT_SECRET: "s".repeat(32), HOST: "127.0.0.1", LOG_LEVEL: "fatal", REDIS_URL: redis.url, ...env };
  const start = async (service: ServiceName, own: Record<string, string> = {}) => {
    const node = createServiceProcess({ service, name: service, port: await freePort(), env: { ...common, ...own } });
    parts.defer(async () => {
      await node.end("SIGKILL");
    });
    await node.start();
    return node;
  };
  const rest = await start("rest_service", { DATABASE_URL: throughProxy.href });
  const realtime = await start("realtime_service", { DRAIN_MS: "0" });
  const report = await start("report_service", { REST_SERVICE_URL: rest.url });
  const started = parts.move();
  return {
    rest,
    realtime,
    report,
    toPostgres,
    databaseUrl: database.url,
    redisUrl: redis.url,
    stopRedis: () => redis.stop("SIGKILL"),
    async startRedis() {
      redis = await startRedis({ port });
    },
    stop: () => started.disposeAsync(),
  };
}

/** What `/readyz` says that it waits for, and the status of `/healthz`. */
export async function healthOf({ url }: ServiceProcess): Promise<{ alive: boolean; waitingFor: readonly string[] }> {
  const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)]);
  const { waiting_for: waitingFor } = (await ready.json()) as { waiting_for: readonly string[] };
  if (ready.ok !== (waitingFor.length === 0))
    throw new Error(`${url}/readyz answers ${ready.status}: ${waitingFor.join(", ")}`);
  return { alive: alive.ok, waitingFor };
}
