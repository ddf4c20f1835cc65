import pg from "pg";
import { connectionSettings } from "../../../backend/rest_service/src/infrastructure/persistence/connectionSettings.ts";
import type { Random } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import { freePort } from "../../support/freePort.ts";
import type { Filter } from "../proxy/createPipe.ts";
import { type Fate, publishFilter } from "../proxy/publishFilter.ts";
import { type FaultProxy, type FaultProxyOptions, startFaultProxy } from "../proxy/startFaultProxy.ts";
import { until } from "../support/until.ts";
import { type Balancer, createBalancer } from "./createBalancer.ts";
import { createRedisLink, type Link } from "./createRedisLink.ts";
import type { FaultDatabase } from "./FaultDatabase.ts";
import { type FaultRedis, loneRedis } from "./FaultRedis.ts";
import { createServiceProcess, type ServiceName, type ServiceProcess } from "./ServiceProcess.ts";

export const JWT_SECRET = "a secret for faults only, of more than 32 bytes";

/** Of every service this many. */
const NODES = 2;

export type ClusterOptions = {
  readonly database: FaultDatabase;
  /** One server alone, unless said otherwise. The cluster starts and stops it. */
  readonly startRedis?: (() => Promise<FaultRedis>) | undefined;
  readonly random: Random;
  /** How many events Redis keeps. */
  readonly window?: number;
  readonly heartbeatMs?: number;
  /** More environment of the realtime nodes. */
  readonly realtimeEnv?: Readonly<Record<string, string>>;
};

/** Real processes on loopback, with a proxy wherever two of them meet. */
export type Cluster = {
  readonly rest: readonly ServiceProcess[];
  readonly realtime: readonly ServiceProcess[];
  readonly report: readonly ServiceProcess[];
  /** By node. */
  readonly links: Readonly<
    Record<"restToRedis" | "realtimeToRedis" | "reportToRedis" | "restToPostgres" | "reportToRest", readonly Link[]>
  >;
  /** Decides what happens to each message that Redis publishes to a realtime node. */
  fate: () => Fate;
  readonly database: FaultDatabase;
  /** Without a proxy between; it outlives a killed server. */
  readonly query: (statement: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly redis: FaultRedis;
  /** A base URL of a rest or report node that is ready, another one each time. */
  readonly restUrl: () => string;
  readonly reportUrl: () => string;
  /** A link of its own to the realtime nodes, for one client. The cluster stops it. */
  readonly clientLink: () => Promise<FaultProxy>;
  /** The rest node that leads the sequencing now; undefined while none does. */
  readonly leader: () => Promise<ServiceProcess | undefined>;
  /** No toxics, no frozen or dead process, Redis whole: resolves when all are ready. */
  readonly heal: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { database } = options;
  const closers: (() => Promise<unknown>)[] = [];
  try {
    return await build();
  } catch (error) {
    await stopAll();
    throw error;
  }

  async function stopAll(): Promise<void> {
    for (const close of closers.toReversed()) await close().catch(() => {});
  }

  async function build(): Promise<Cluster> {
    const chance = () => options.random.next(1_000_000) / 1_000_000;
    const proxies: FaultProxy[] = [];
    const proxy = async (upstreams: () => readonly number[], extra: Partial<FaultProxyOptions> = {}) => {
      const started = await startFaultProxy({ upstreams, random: chance, ...extra });
      proxies.push(started);
      closers.push(() => started.stop());
      return started;
    };
    const perNode = <Made>(make: () => Promise<Made>) => Promise.all(Array.from({ length: NODES }, make));

    const redis = await (options.startRedis ?? loneRedis)();
    closers.push(redis.stop);
    const redisLink = (filter?: () => Filter) =>
      createRedisLink(redis, ({ upstreams, ...extra }) => proxy(upstreams, extra), filter);
    const balancers: Record<ServiceName, Balancer | undefined> = {
      rest_service: undefined,
      realtime_service: undefined,
      report_service: undefined,
    };
    const portsOf = (service: ServiceName) => balancers[service]?.ports() ?? [];

    const links = {
      restToRedis: await perNode(redisLink),
      realtimeToRedis: await perNode(() => redisLink(() => publishFilter(() => cluster.fate()))),
      reportToRedis: await perNode(redisLink),
      restToPostgres: await perNode(() => proxy(() => [Number(new URL(database.url()).port || 5432)])),
      reportToRest: await perNode(() => proxy(() => portsOf("rest_service"))),
    };
    const startNodes = async (service: ServiceName, envOf: (node: number) => Record<string, string>) => {
      const nodes: ServiceProcess[] = [];
      for (let node = 0; node < NODES; node += 1) {
        const port = await freePort();
        const env = { JWT_SECRET, HOST: "127.0.0.1", LOG_LEVEL: "warn", ...envOf(node) };
        const created = createServiceProcess({ service, name: `${service} ${node}`, port, env });
        closers.push(() => created.end("SIGKILL"));
        nodes.push(created);
        await created.start();
      }
      const balancer = createBalancer(nodes);
      balancers[service] = balancer;
      closers.push(async () => balancer.stop());
      return nodes;
    };
    const rest = await startNodes("rest_service", (node) => ({
      DATABASE_URL: throughPort(database.url(), links.restToPostgres[node]?.port),
      REDIS_URL: links.restToRedis[node]?.url ?? "",
      EVENTS_WINDOW: String(options.window ?? 100_000),
      COOKIE_SECURE: "false",
    }));
    const realtime = await startNodes("realtime_service", (node) => ({
      REDIS_URL: links.realtimeToRedis[node]?.url ?? "",
      HEARTBEAT_MS: String(options.heartbeatMs ?? 2_000),
      ...options.realtimeEnv,
    }));
    const report = await startNodes("report_service", (node) => ({
      REDIS_URL: links.reportToRedis[node]?.url ?? "",
      REST_SERVICE_URL: `http://127.0.0.1:${links.reportToRest[node]?.port}`,
    }));
    const services = [...rest, ...realtime, ...report];

    const urlOf = (service: ServiceName) => () => `http://127.0.0.1:${options.random.pick(portsOf(service))}`;
    const query: Cluster["query"] = async (statement, values = []) => {
      const settings = { url: database.url(), applicationName: "oracle", statementTimeoutMs: 60_000 };
      const client = new pg.Client(connectionSettings(settings));
      client.on("error", () => {});
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(statement, [...values])).rows;
      } finally {
        await client.end().catch(() => {});
      }
    };
    const cluster: Cluster = {
      rest,
      realtime,
      report,
      links,
      fate: () => "pass",
      database,
      query,
      redis,
      restUrl: urlOf("rest_service"),
      reportUrl: urlOf("report_service"),
      clientLink: () => proxy(() => portsOf("realtime_service"), { first: proxies.length }),
      async leader() {
        const leading = await Promise.all(rest.map(isLeading));
        return rest.find((_, index) => leading[index]);
      },
      async heal() {
        cluster.fate = () => "pass";
        for (const each of proxies) each.heal();
        for (const service of services) if (service.isFrozen()) service.thaw();
        await redis.heal();
        await Promise.all(services.map((service) => service.start()));
        await until(
          "every service is ready",
          async () => (await Promise.all(services.map(isReady))).every(Boolean),
          30_000,
        );
      },
      stop: stopAll,
    };
    await cluster.heal();
    return cluster;
  }
}

/** The same database by way of another port. */
function throughPort(url: string, port: number | undefined): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

async function isReady({ url }: ServiceProcess): Promise<boolean> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

async function isLeading({ url }: ServiceProcess): Promise<boolean> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return /^espigon_sequencer_leader 1$/m.test((await response?.text()) ?? "");
}
