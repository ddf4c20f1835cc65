import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  createServiceProcess,
  type ServiceName,
  type ServiceProcess,
} from "../../tests/faults/cluster/ServiceProcess.ts";
import { startRedisProcess } from "../../tests/support/redisProcess.ts";
import type { ClusterPorts } from "./clusterPorts.ts";
import { startNginx } from "./startNginx.ts";

export type LocalClusterOptions = {
  readonly ports: ClusterPorts;
  readonly databaseUrl: string;
  /** A Redis of one's own; without it one is started. */
  readonly redisUrl?: string | undefined;
  /** More for the nodes of a service, or other than they would have. */
  readonly env?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>;
  readonly jwtSecret: string;
  readonly logLevel: string;
  /** The built frontend. */
  readonly pages: string;
  /** For the files of nginx and Redis. */
  readonly folder: string;
  readonly programs: { readonly nginx: string; readonly redis: string };
  readonly onOutput?: (node: string, text: string) => void;
  /** A node has ended, asked or not. */
  readonly onEnd?: (node: ServiceProcess) => void;
};

export type LocalCluster = {
  /** Where a browser finds everything. */
  readonly url: string;
  /** Two of every service. */
  readonly nodes: readonly ServiceProcess[];
  /** Ends all, nginx first. */
  readonly stop: () => Promise<void>;
};

/** nginx leaves a node alone for up to 2 s: one that has come back must be known before the other leaves. */
const DRAIN_DELAY_MS = 2_500;
/** With the delay, and a second for each end of it, below the 10 s that a node has to leave. */
const DRAIN_MS = 3_000;

/** Starts Redis, two nodes of every service as processes of their own, and nginx before them. All on loopback. */
export async function startLocalCluster(options: LocalClusterOptions): Promise<LocalCluster> {
  const { ports, folder } = options;
  await using parts = new AsyncDisposableStack();
  mkdirSync(folder, { recursive: true });
  const redisUrl = options.redisUrl ?? `redis://127.0.0.1:${ports.redis}`;
  if (options.redisUrl === undefined) {
    const args = ["--save", "", "--appendonly", "no"];
    const redis = await startRedisProcess(ports.redis, folder, args, { program: options.programs.redis });
    parts.defer(() => redis.kill());
  }
  const origins = ["localhost", "127.0.0.1"].map((host) => `http://${host}:${ports.origin}`).join(",");
  const common = {
    HOST: "127.0.0.1",
    NODE_ENV: "production",
    REDIS_URL: redisUrl,
    JWT_SECRET: options.jwtSecret,
    LOG_LEVEL: options.logLevel,
    TRUSTED_PROXIES: "127.0.0.1",
    DRAIN_DELAY_MS: String(DRAIN_DELAY_MS),
    CORS_ORIGINS: origins,
    ALLOWED_ORIGINS: origins,
  };
  const pair = (service: ServiceName, [first, second]: readonly [number, number], env: Record<string, string>) =>
    [first, second].map((port, index) => {
      const name = `${service} ${index + 1}`;
      const node: ServiceProcess = createServiceProcess({
        service,
        name,
        port,
        env: { ...common, ...env, ...options.env?.[service] },
        onOutput: (text) => options.onOutput?.(name, text),
        onEnd: () => options.onEnd?.(node),
      });
      return node;
    });
  const rest = pair("rest_service", ports.rest, { DATABASE_URL: options.databaseUrl, COOKIE_SECURE: "false" });
  const report = pair("report_service", ports.report, { REST_SERVICE_URL: `http://127.0.0.1:${ports.internal}` });
  const realtime = pair("realtime_service", ports.realtime, { DRAIN_MS: String(DRAIN_MS) });
  const nodes = [...rest, ...report, ...realtime];
  parts.defer(async () => {
    await Promise.all(nodes.map((node) => node.end("SIGTERM")));
  });
  for (const group of [rest, [...report, ...realtime]]) await Promise.all(group.map((node) => node.start()));
  const nginx = await startNginx({
    program: options.programs.nginx,
    ports,
    pages: options.pages,
    folder: join(folder, "nginx"),
  });
  parts.defer(() => nginx.stop());
  const started = parts.move();
  return {
    url: `http://localhost:${ports.origin}`,
    nodes,
    stop: () => started.disposeAsync(),
  };
}
