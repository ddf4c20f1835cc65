import { expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import fc from "fast-check";
import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeServer, type FakeSocket } from "./createFakeServer.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";

/**
 * A model of a node: it numbers hints, holds statistics back for a while (but sends them before any later hint), skips
 * frames of a slow consumer (and then says HEAD before anything else), forgets old hints, and cuts links at any moment.
 */
const AUDIENCE = "seller:1";

type Step =
  | { readonly kind: "stats" }
  | { readonly kind: "order"; readonly id: number }
  | { readonly kind: "flush" }
  | { readonly kind: "head" }
  | { readonly kind: "skip" }
  | { readonly kind: "cut" }
  | { readonly kind: "replace" }
  | { readonly kind: "forget" }
  | { readonly kind: "time"; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Step>({ kind: "stats" }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), id: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: "flush" }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: "head" }) },
  fc.constant<Step>({ kind: "skip" }),
  fc.constant<Step>({ kind: "cut" }),
  fc.constant<Step>({ kind: "replace" }),
  fc.constant<Step>({ kind: "forget" }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("time" as const), ms: fc.integer({ min: 0, max: 6_000 }) }) },
);

type Served = {
  held: Notification | null;
  skipping: boolean;
  heldLost: boolean;
  headed: boolean;
  read: number;
  greeted: boolean;
};

function createModel(random: () => number) {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const client = createRealtimeClient({
    url: "ws://node.test/ws",
    getToken: async () => "a.b.c",
    WebSocket: server.WebSocket,
    scheduler,
    random,
    signals: { isVisible: () => true, onWake: () => () => {} },
  });
  const log: (Notification & { seq: number })[] = [];
  let horizon = 0;
  const served = new Map<FakeSocket, Served>();
  const head = () => log.at(-1)?.seq ?? 0;
  const known = new Map<string, number>();
  let knownAll = 0;
  client.subscribe((event) => {
    if (event.kind === "resync") knownAll = Math.max(knownAll, event.seq);
    if (event.kind === "notification") known.set(keyOf(event.notification), event.notification.seq ?? 0);
  });

  const heads = () => ({ type: "HEAD", audiences: { [AUDIENCE]: head() } });
  const answer = (socket: FakeSocket, since: number): void => {
    if (since < horizon) {
      socket.say({ type: "RESYNC", reason: "beyond_window", seq: head() });
      return;
    }
    const newest = new Map<string, Notification>();
    for (const entry of log) if (entry.seq > since) newest.set(keyOf(entry), entry);
    socket.say({ type: "DIRTY", since, seq: head(), events: [...newest.values()] });
  };
  /** The node does what is due: greets new sockets, answers what they asked. */
  const serve = (): void => {
    for (const socket of server.sockets) {
      const state = served.get(socket) ?? {
        held: null,
        skipping: false,
        heldLost: false,
        headed: false,
        read: 0,
        greeted: false,
      };
      served.set(socket, state);
      if (!state.greeted) {
        state.greeted = true;
        socket.ready(head(), [AUDIENCE]);
      }
      while (state.read < socket.received.length) {
        const frame = socket.received[state.read];
        state.read += 1;
        if (frame?.type === "RESUME" && !state.skipping) answer(socket, frame.seq);
      }
    }
  };
  const deliver = (entry: Notification, hold: boolean): void => {
    for (const [socket, state] of served) {
      if (state.skipping) continue;
      if (hold) {
        state.held = entry;
        continue;
      }
      flushTo(socket, state);
      socket.say(entry);
    }
  };
  const publish = (entry: Notification, hold: boolean): void => {
    const numbered = { ...entry, seq: head() + 1 };
    log.push(numbered);
    deliver(numbered, hold);
  };
  const flushTo = (socket: FakeSocket, state: Served): void => {
    if (state.held !== null) socket.say(state.held);
    state.held = null;
  };
  const flush = (): void => {
    for (const [socket, state] of served) flushTo(socket, state);
  };
  return {
    client,
    scheduler,
    serve,
    publish,
    flush,
    log,
    /** The newest of each key that the application does not know to be stale. */
    lost: () =>
      log.filter((entry) => entry.seq > knownAll && (known.get(keyOf(entry)) ?? 0) < entry.seq).map(({ seq }) => seq),
    head() {
      for (const [socket, state] of served) {
        socket.say(heads());
        state.skipping = false;
      }
    },
    skip() {
      for (const state of served.values()) {
        state.skipping = true;
        state.held = null;
      }
    },
    cut() {
      for (const [socket, state] of served) {
        state.held = null;
        socket.end(1006);
      }
      served.clear();
    },
    replace() {
      for (const socket of served.keys()) socket.say({ type: "RECONNECT", after_ms: 500 });
    },
    forget() {
      horizon = head();
    },
  };
}

function keyOf(notification: Notification): string {
  return `${notification.type}:${JSON.stringify(notification.metadata["order_id"] ?? null)}`;
}

test("whatever the order of frames, cuts and takeovers, a missed hint is known in the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
      async (steps, randoms) => {
        const model = createModel(() => randoms.next().value ?? 0);
        model.client.connect();
        await model.scheduler.advance(0);
        model.serve();
        for (const next of steps) {
          switch (next.kind) {
            case "stats":
              model.publish({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} }, true);
              break;
            case "order":
              model.publish(
                { type: "ORDER_UPDATED", seller_id: "1", client_id: "7", metadata: { order_id: next.id } },
                false,
              );
              break;
            case "time":
              await model.scheduler.advance(next.ms);
              break;
            case "flush":
            case "head":
            case "skip":
            case "cut":
            case "replace":
            case "forget":
              model[next.kind]();
          }
          model.serve();
        }
        for (let round = 0; round < 12; round += 1) {
          model.flush();
          model.head();
          model.serve();
          await model.scheduler.advance(4_000);
          model.serve();
        }
        expect(model.client.state().status).toBe("live");
        expect(model.lost()).toEqual([]);
        model.client.close();
        expect(model.scheduler.pending()).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
}, 20_000);
