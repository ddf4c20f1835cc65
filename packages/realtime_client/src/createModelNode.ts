import type { Notification } from "@espigon/event_contracts";
import type { FakeSocket } from "./createFakeServer.ts";

/** The audience of every connection to a model node. */
const AUDIENCE = "seller:1";

export type Numbered = Notification & { readonly seq: number };
type Line = { skipping: boolean; read: number };

/**
 * A model of a node: it numbers hints, holds statistics back for a while (but sends them before any later hint), skips
 * frames of a slow consumer (and then says HEAD before anything else), forgets old hints, cuts links at any moment,
 * and takes its time to greet and to answer.
 */
export function createModelNode(sockets: readonly FakeSocket[]) {
  const log: Numbered[] = [];
  const lines = new Map<FakeSocket, Line>();
  let held: { readonly from: number; readonly newest: Numbered } | null = null;
  let horizon = 0;
  const head = () => log.at(-1)?.seq ?? 0;
  const settled = () => (held === null ? head() : held.from - 1);
  const send = (entry: Numbered): void => {
    for (const [socket, line] of lines) if (!line.skipping) socket.say(entry);
  };
  const answer = (socket: FakeSocket, since: number): void => {
    if (since < horizon) {
      socket.say({ type: "RESYNC", reason: "beyond_window", seq: settled() });
      return;
    }
    const newest = new Map<string, Numbered>();
    for (const entry of log) if (entry.seq > since && entry.seq <= settled()) newest.set(keyOf(entry), entry);
    socket.say({ type: "DIRTY", since, seq: Math.max(since, settled()), events: [...newest.values()] });
  };
  const node = {
    log,
    order(id: number): void {
      node.flush();
      const metadata = { order_id: id };
      const entry: Numbered = { type: "ORDER_UPDATED", seller_id: "1", client_id: "7", metadata, seq: head() + 1 };
      log.push(entry);
      send(entry);
    },
    torn(id: number): void {
      node.flush();
      const seq = head() + 1;
      const stats: Numbered = { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq };
      const order: Numbered = {
        type: "ORDER_UPDATED",
        seller_id: "1",
        client_id: "7",
        metadata: { order_id: id },
        seq,
      };
      log.push(stats, order);
      send(stats);
      node.cut();
    },
    stats(): void {
      const entry: Numbered = { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq: head() + 1 };
      log.push(entry);
      held = { from: held?.from ?? entry.seq, newest: entry };
    },
    flush(): void {
      const leaving = held?.newest;
      held = null;
      if (leaving !== undefined) send(leaving);
    },
    head(): void {
      for (const [socket, line] of lines) {
        socket.say({ type: "HEAD", audiences: { [AUDIENCE]: settled() } });
        line.skipping = false;
      }
    },
    skip(): void {
      for (const line of lines.values()) line.skipping = true;
    },
    cut(): void {
      for (const socket of lines.keys()) socket.end(1006);
      lines.clear();
    },
    replace(): void {
      for (const socket of lines.keys()) socket.say({ type: "RECONNECT", after_ms: 500 });
    },
    forget(): void {
      horizon = settled();
    },
    greet(): void {
      for (const socket of sockets) {
        if (socket.isOpen() || lines.has(socket)) continue;
        lines.set(socket, { skipping: false, read: 0 });
        socket.ready(settled(), [AUDIENCE]);
      }
    },
    answer(): void {
      for (const [socket, line] of lines) {
        for (; line.read < socket.received.length; line.read += 1) {
          const frame = socket.received[line.read];
          if (frame?.type === "RESUME" && !line.skipping) answer(socket, frame.seq);
        }
      }
    },
  };
  return node;
}

/** What a hint makes stale. */
export function keyOf(notification: Notification): string {
  return `${notification.type}:${JSON.stringify(notification.metadata["order_id"] ?? null)}`;
}
