import type { Principal } from "@espigon/event_contracts";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createLogger, type Service, signAccessToken, signRoomToken } from "@espigon/service_kit";
import { RealtimeConfig } from "../config.ts";
import { type RealtimeDeps, startRealtimeService } from "../startRealtimeService.ts";
import { type ClientOptions, openClient, type TestClient, until } from "./testClient.ts";

export const SECRET = "a secret for tests that is long enough";

export const ADMIN = { user_id: "1", role: "ADMIN" } as const;
export const SELLER_1 = { user_id: "11", role: "SELLER", seller_id: "1" } as const;
export const SELLER_2 = { user_id: "12", role: "SELLER", seller_id: "2" } as const;
export const CLIENT_7 = { user_id: "7", role: "CLIENT" } as const;

type Who = Omit<Principal, "expires_at">;

/**
 * An access token that ends in `seconds`. It was issued in a minute from now, so that no revocation that a node of the
 * test may have missed makes it doubtful; unless `who` says otherwise.
 */
export function tokenFor(who: Who, seconds = 900): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return signAccessToken(SECRET, { issued_at: now + 60, ...who, expires_at: now + seconds });
}

export function roomTokenFor(room: string, { user_id, role }: Who, secret = SECRET): Promise<string> {
  return signRoomToken(secret, { room, user_id, role, expires_at: Math.floor(Date.now() / 1000) + 900 });
}

export type TestNode = Service & {
  readonly broker: Broker;
  readonly wsUrl: string;
  connect(who: Who, options?: ClientOptions): Promise<TestClient>;
  /** Waits until everything up to `seq` has left for the sockets. */
  untilSent(seq: number): Promise<void>;
};

/** Starts a node on a free port and waits until it is ready. */
export async function startNode(
  environment: Record<string, string> = {},
  broker: Broker = memoryBroker(),
  deps: Pick<RealtimeDeps, "openSharedPlaces"> = {},
): Promise<TestNode> {
  const config = RealtimeConfig.parse({ PORT: "0", JWT_SECRET: SECRET, DRAIN_MS: "0", ...environment });
  const service = await startRealtimeService(config, { broker, logger: createLogger("test", "silent"), ...deps });
  await until(async () => (await fetch(`${service.url}/readyz`)).ok, "a node that is ready");
  const wsUrl = `${service.url.replace("http", "ws")}/ws`;
  const connect: TestNode["connect"] = async (who, options) => openClient(wsUrl, await tokenFor(who), options);
  return {
    ...service,
    broker,
    wsUrl,
    connect,
    async untilSent(seq) {
      await until(async () => {
        const probe = await connect({ user_id: "999", role: "CLIENT" });
        probe.close();
        await probe.closure();
        return Number(probe.frames[0]?.["seq"]) >= seq;
      }, `seq ${seq} on its way`);
    },
  };
}
