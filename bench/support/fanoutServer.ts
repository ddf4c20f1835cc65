import { SUBPROTOCOL } from "@espigon/event_contracts";
import { memoryBroker } from "@espigon/event_feed";
import { RealtimeConfig, startRealtimeService } from "@espigon/realtime_service";
import { createLogger } from "@espigon/service_kit";
import { answerParent } from "./child.ts";
import { JWT_SECRET } from "./principals.ts";

type Fanout = { readonly url: string; emit(seq: number): Promise<void> };

/** The same hint in both servers, of a type that is never merged. */
function hint(seq: number) {
  const metadata = {
    order_id: 100_000 + seq,
    status: "payment_confirmed",
    action: "payment_verified",
    bench: "x".repeat(60),
  };
  return { type: "CLIENT_REGISTERED" as const, metadata, at: "2026-11-24T12:00:00.000Z", seq };
}

async function startRealtime(): Promise<Fanout> {
  const broker = memoryBroker();
  const config = RealtimeConfig.parse({
    PORT: "0",
    JWT_SECRET,
    MAX_SOCKETS_PER_USER: 100_000,
    MAX_SOCKETS_PER_ADDRESS: 100_000,
    CONNECTS_PER_SECOND: 100_000,
  });
  const service = await startRealtimeService(config, { broker, logger: createLogger("bench", "silent") });
  return {
    url: `${service.url.replace("http", "ws")}/ws`,
    emit: async (seq) => void (await broker.append([{ seq, notifications: [hint(seq)] }])),
  };
}

/** The least that a server of this runtime can do: one topic, one publish. */
function startBare(): Fanout {
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    development: false,
    fetch: (request, bun) =>
      bun.upgrade(request, { headers: { "sec-websocket-protocol": SUBPROTOCOL } })
        ? undefined
        : new Response(null, { status: 400 }),
    websocket: {
      open: (socket) => void socket.subscribe("admin"),
      message: () => {},
    },
  });
  return {
    url: `ws://127.0.0.1:${server.port}/ws`,
    emit: async (seq) => void server.publish("admin", JSON.stringify(hint(seq))),
  };
}

const fanout = process.argv[2] === "bare" ? startBare() : await startRealtime();
let seq = 0;
let before = process.cpuUsage();

answerParent({
  url: () => fanout.url,
  /** Emits so many hints at this rate, and resolves when the last one is out. */
  async emit({ count, perSecond }: { count: number; perSecond: number }) {
    before = process.cpuUsage();
    const began = performance.now();
    for (let sent = 0; sent < count; sent += 1) {
      const due = began + (sent * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 1) await Bun.sleep(early);
      seq += 1;
      await fanout.emit(seq);
    }
  },
  /** CPU time since `emit` was asked for, in microseconds. */
  cpu() {
    const { user, system } = process.cpuUsage(before);
    return user + system;
  },
  /** Resident memory after a collection, in bytes. */
  async memory() {
    Bun.gc(true);
    await Bun.sleep(300);
    Bun.gc(true);
    return process.memoryUsage.rss();
  },
});
