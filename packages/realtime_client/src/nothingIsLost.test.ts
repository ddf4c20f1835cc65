import { expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import fc from "fast-check";
import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeServer, type FakeSocket } from "./createFakeServer.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";

const AUDIENCE = "seller:1";

const STEPS = ["stats", "flush", "head", "skip", "cut", "replace", "forget", "answer"] as const;
type Step =
  | { readonly kind: (typeof STEPS)[number] }
  | { readonly kind: "order"; readonly id: number }
  /** An order makes two hints of one seq, and every link is cut between them. */
  | { readonly kind: "torn"; readonly id: number }
  /** Time passes, and whoever has come meanwhile is greeted. */
  | { readonly kind: "time"; readonly ms: number };

const oneOf = (...kinds: (typeof STEPS)[number][]) => fc.record({ kind: fc.constantFrom(...kinds) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: oneOf("stats", "flush", "head", "cut", "answer") },
  { weight: 1, arbitrary: oneOf("skip", "replace") },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), id: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("torn" as const), id: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("time" as const), ms: fc.constantFrom(10, 1_000, 6_000) }) },
);
/** A server that forgets says RESYNC, which hides what else is wrong: so in few of the plays, and once. */
const steps = fc
  .tuple(
    fc.array(step, { minLength: 20, maxLength: 60, size: "max" }),
    fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(oneOf("forget")) }),
    fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
  )
  .map((parts): readonly Step[] => parts.flat());

type Numbered = Notification & { readonly seq: number };
type Line = { skipping: boolean; read: number };

/**
 * A model of a node: it numbers hints, holds statistics back for a while (but sends them before any later hint), skips
 * frames of a slow consumer (and then says HEAD before anything else), forgets old hints, cuts links at any moment,
 * and takes its time to greet and to answer.
 */
function createModelNode(sockets: readonly FakeSocket[]) {
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

function keyOf(notification: Notification): string {
  return `${notification.type}:${JSON.stringify(notification.metadata["order_id"] ?? null)}`;
}

async function play(steps: readonly Step[], random: () => number): Promise<void> {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const node = createModelNode(server.sockets);
  const client = createRealtimeClient({
    url: "ws://node.test/ws",
    getToken: async () => "a.b.c",
    WebSocket: server.WebSocket,
    scheduler,
    random,
    signals: { isVisible: () => true, onWake: () => () => {} },
  });
  const known = new Map<string, number>();
  let allKnown = 0;
  client.subscribe((event) => {
    if (event.kind === "resync") allKnown = Math.max(allKnown, event.seq);
    if (event.kind === "notification") known.set(keyOf(event.notification), event.notification.seq ?? 0);
  });
  client.connect();
  await scheduler.advance(0);
  for (const next of steps) {
    if (next.kind === "order" || next.kind === "torn") node[next.kind](next.id);
    else if (next.kind === "time") {
      await scheduler.advance(next.ms);
      node.greet();
    } else node[next.kind]();
  }
  for (let round = 0; round < 12; round += 1) {
    node.flush();
    node.greet();
    node.head();
    node.answer();
    await scheduler.advance(4_000);
    node.answer();
  }
  expect(client.state().status).toBe("live");
  const lost = node.log.filter((entry) => entry.seq > allKnown && (known.get(keyOf(entry)) ?? 0) < entry.seq);
  expect(lost).toEqual([]);
  client.close();
  expect(scheduler.pending()).toBe(0);
}

test("whatever the order of frames, cuts and takeovers, a missed hint is known in the end", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })), (steps, randoms) =>
      play(steps, () => randoms.next().value ?? 0),
    ),
    { numRuns: 500 },
  );
}, 20_000);
