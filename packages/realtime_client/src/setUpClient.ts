import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeServer } from "./createFakeServer.ts";
import { createFakeSignals } from "./createFakeSignals.ts";
import { createFakeStreams } from "./createFakeStreams.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";
import type { RealtimeEvent } from "./RealtimeEvent.ts";

/** The audiences of the seller whom tests connect. */
export const AUDIENCES = ["seller:1", "user:7"];

/** A client on a fake server and a clock that stands still. */
export function setUpClient(
  options: { token?: () => string | null | Error; random?: () => number; fallback?: boolean } = {},
) {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const { fetch, streams } = createFakeStreams();
  const asked: boolean[] = [];
  const events: RealtimeEvent[] = [];
  const { signals, hide, wake } = createFakeSignals();
  const client = createRealtimeClient({
    url: "ws://server.test/ws",
    getToken: async ({ refresh }) => {
      asked.push(refresh);
      const token = options.token?.() ?? null;
      if (token instanceof Error) throw token;
      return options.token ? token : "a.b.c";
    },
    WebSocket: server.WebSocket,
    ...(options.fallback === true ? { fallbackUrl: "http://server.test/sse", fetch } : {}),
    scheduler,
    random: options.random ?? (() => 0.5),
    signals,
  });
  client.subscribe((event) => events.push(event));
  return {
    scheduler,
    server,
    streams,
    client,
    events,
    asked,
    hide,
    wake,
    /** Time passes on a link that shows signs of life. */
    stay: async (ms: number) => {
      for (let left = ms; left > 0; left -= 4_000) {
        server.last().say({ type: "HEAD", audiences: {} });
        await scheduler.advance(Math.min(left, 4_000));
      }
    },
    goLive: async (seq = 10) => {
      client.connect();
      await scheduler.advance(0);
      server.last().ready(seq, AUDIENCES);
      server.last().say({ type: "DIRTY", since: seq, seq, events: [] });
    },
  };
}

/** A hint for that seller. */
export const stats = (seq: number) => ({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq });
