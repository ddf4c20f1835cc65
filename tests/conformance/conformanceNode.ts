import type { Principal } from "@espigon/event_contracts";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { createLogger, signAccessToken } from "@espigon/service_kit";
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
  stop(): Promise<void>;
};

export const SELLER_1 = { user_id: "11", role: "SELLER", seller_id: "1" } as const;
const CLIENT_7 = { user_id: "7", role: "CLIENT" } as const;

/** Starts the real service on a free port of loopback, with a witness that is connected before anybody misbehaves. */
export async function startConformanceNode(environment: Record<string, string> = {}): Promise<ConformanceNode> {
  const broker = memoryBroker();
  const config = RealtimeConfig.parse({
    PORT: "0",
    JWT_SECRET,
    DRAIN_MS: "0",
    MAX_SOCKETS_PER_USER: "1000",
    ...environment,
  });
  const service = await startRealtimeService(config, { broker, logger: createLogger("test", "silent") });
  await until(async () => (await fetch(`${service.url}/readyz`)).ok, "readiness");
  const token: ConformanceNode["token"] = (who = CLIENT_7) =>
    signAccessToken(JWT_SECRET, { ...who, expires_at: Math.floor(Date.now() / 1000) + 900 });
  const witness = await openRawSocket(service.url, await token(SELLER_1));
  const published: string[] = [];
  return {
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
    async stop() {
      witness.destroy();
      await service.stop();
      await broker.close();
    },
  };
}
