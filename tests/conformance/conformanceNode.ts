import { readFileSync } from "node:fs";
import type { Principal } from "@espigon/event_contracts";
import { type Broker, memoryBroker, redisBroker } from "@espigon/event_feed";
import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { createLogger, type Service, signAccessToken } from "@espigon/service_kit";
import { createServiceProcess } from "../faults/cluster/ServiceProcess.ts";
import { freePort } from "../support/freePort.ts";
import { startRedis } from "../support/testRedis.ts";
import { openRawSocket, type RawSocket, type UpgradeRequest, until } from "./rawSocket.ts";

const JWT_SECRET = "a secret for tests, of more than 32 bytes";

export type ConformanceNode = {
  readonly url: string;
  readonly broker: Broker;
  /** An access token; of client 7 by default. */
  token(who?: Omit<Principal, "expires_at">): Promise<string>;
  /** A socket of client 7. */
  open(request?: UpgradeRequest): Promise<RawSocket>;
  /** Fails unless an event reaches a seller who has been connected all the time, and who has heard nothing else. */
  othersGoOn(): Promise<void>;
  /** The same again and again until `work` is done. */
  othersGoOnDuring(work: Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

export type ConformanceProcess = ConformanceNode & {
  /** What it holds in memory (Linux). */
  megabytes(): number;
};

export const SELLER_1 = { user_id: "11", role: "SELLER", seller_id: "1" } as const;
const CLIENT_7 = { user_id: "7", role: "CLIENT" } as const;

const SETTINGS = { JWT_SECRET, DRAIN_MS: "0", MAX_SOCKETS_PER_USER: "1000" };

/** Starts the real service on a free port of loopback, with a witness that is connected before anybody misbehaves. */
export async function startConformanceNode(environment: Record<string, string> = {}): Promise<ConformanceNode> {
  const broker = memoryBroker();
  const config = RealtimeConfig.parse({ PORT: "0", ...SETTINGS, ...environment });
  const service = await startRealtimeService(config, { broker, logger: createLogger("test", "silent") });
  return withWitness(service, broker);
}

/** The same as a process of its own on a Redis of its own, so that its memory can be looked at. */
export async function startConformanceProcess(environment: Record<string, string> = {}): Promise<ConformanceProcess> {
  const redis = await startRedis();
  const env = { ...SETTINGS, ...environment, REDIS_URL: redis.url, HOST: "127.0.0.1", LOG_LEVEL: "fatal" };
  const node = createServiceProcess({ service: "realtime_service", name: "the node", port: await freePort(), env });
  await node.start();
  const service = {
    url: node.url,
    async stop() {
      await node.end("SIGKILL");
      await redis.stop();
    },
  };
  return {
    ...(await withWitness(service, redisBroker({ url: redis.url }))),
    megabytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${node.pid()}/status`, "utf8"))?.[1]) / 1024,
  };
}

async function withWitness(service: Pick<Service, "url" | "stop">, broker: Broker): Promise<ConformanceNode> {
  await until(async () => (await fetch(`${service.url}/readyz`)).ok, "readiness");
  const token: ConformanceNode["token"] = (who = CLIENT_7) =>
    signAccessToken(JWT_SECRET, { ...who, expires_at: Math.floor(Date.now() / 1000) + 900 });
  const witness = await openRawSocket(service.url, await token(SELLER_1));
  const published: string[] = [];
  const conformanceNode: ConformanceNode = {
    url: service.url,
    broker,
    token,
    open: async (request) => openRawSocket(service.url, await token(), request),
    async othersGoOn() {
      const order_id = published.length + 1;
      published.push(`ORDER_UPDATED ${order_id}`);
      const event = { type: "ORDER_UPDATED", seller_id: "1", client_id: "8", metadata: { order_id } };
      await broker.publish("events", JSON.stringify(event));
      await until(() => witness.heard.length >= published.length || witness.ended, "the witness's event");
      if (witness.heard.join() !== published.join()) throw new Error(`the witness heard ${witness.heard.join()}`);
    },
    async othersGoOnDuring(work) {
      const state = { over: false };
      const watch = async () => {
        do await conformanceNode.othersGoOn();
        while (!state.over);
      };
      await Promise.all([work.finally(() => (state.over = true)), watch()]);
    },
    async stop() {
      witness.destroy();
      await service.stop();
      await broker.close();
    },
  };
  return conformanceNode;
}
