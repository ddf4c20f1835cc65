import { afterEach, describe, expect, jest, test } from "bun:test";
import type { Notification, Principal } from "@espigon/event_contracts";
import { createMetrics } from "../monitoring/metrics.ts";
import { fakeClient } from "../testing/fakeClient.ts";
import { ADMIN, CLIENT_7, SELLER_1, SELLER_2 } from "../testing/harness.ts";
import type { Client } from "./client.ts";
import { createDirtyIndex } from "./dirtyIndex.ts";
import { createHub, type Hub, RESTART_TOLD_AGAIN_MS } from "./hub.ts";
import { createRoomTopics } from "./roomTopics.ts";

type Frame = { readonly type: string; readonly seq: number } & Record<string, unknown>;

/** A hub whose topics reach clients without a network, on a clock that the test moves. */
function setUp() {
  const clock = { ms: 1_000_000 };
  const topics = new Map<string, Set<Client>>();
  const roomTopics = createRoomTopics();
  const hub = createHub({
    publish(topic, text) {
      for (const { socket } of topics.get(topic) ?? []) socket.send(text);
    },
    subscribers: (topic) => topics.get(topic)?.size ?? 0,
    index: createDirtyIndex(),
    roomTopics,
    metrics: createMetrics(),
    heartbeatMs: 15_000,
    now: () => clock.ms,
  });
  opened = hub;
  const subscribe = (client: Client, topic: string) =>
    topics.set(topic, (topics.get(topic) ?? new Set<Client>()).add(client));
  const connect = (principal: Partial<Principal>) => {
    const client = fakeClient(principal);
    Object.assign(client.socket, { subscribe: (topic: string) => void subscribe(client, topic) });
    hub.add(client);
    const frames = () => client.sent.map((text) => JSON.parse(text) as Frame);
    return { client, frames, seqs: () => frames().flatMap(({ type, seq }) => (type === "READY" ? [] : [seq])) };
  };
  const joinRoom = (client: Client, room: string) => {
    client.rooms = new Set([...client.rooms, room]);
    for (const topic of roomTopics.joined(room, client.principal)) subscribe(client, topic);
  };
  const tell = async (notification: Notification, seq: number) => {
    clock.ms += 8;
    hub.broadcastStatsEvent({ ...notification, seq });
    hub.advanceTo(seq);
    await Bun.sleep(0);
  };
  /** Twelve hints at once, of which the last two are held, to be merged. */
  const heat = async () => {
    for (let seq = 1; seq <= 12; seq += 1) await tell({ ...SOLD, seller_id: "1" }, seq);
  };
  return { clock, topics, hub, connect, joinRoom, tell, heat };
}

const SOLD = { type: "SELLER_STATS_UPDATED", metadata: {} } as const;

let opened: Hub | undefined;
afterEach(() => opened?.stop());

describe("a hub that holds hints to merge them", () => {
  test("says how far it has told, and not how far it knows, to who comes and who resumes", async () => {
    const { hub, connect, heat, topics } = setUp();
    const seller = connect(SELLER_1);
    await heat();
    expect(seller.seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const late = connect(SELLER_1);
    expect(topics.get("seller:1")?.has(late.client)).toBe(true);
    expect(late.frames()).toMatchObject([{ type: "READY", seq: 10 }]);
    expect(late.client.sentSeq).toBe(10);
    hub.answerResume(late.client, 9);
    expect(late.frames().at(-1)).toMatchObject({ type: "DIRTY", since: 9, seq: 10 });
    hub.broadcastStatsEvent({ ...SOLD, seller_id: "2", seq: 13 });
    hub.advanceTo(13);
    expect(connect(SELLER_1).frames()).toMatchObject([{ type: "READY", seq: 10 }]);
  });

  test.each<[string, Notification]>([
    ["a product of the catalogue", { type: "PRODUCT_UPDATED", seller_id: "2", metadata: { product_id: "5" } }],
    ["a notice of their own", { type: "NOTIFICATION_CREATED", user_id: SELLER_1.user_id, metadata: {} }],
  ])("tells them to a seller before %s that came later", async (_what, later) => {
    const { connect, joinRoom, tell, heat } = setUp();
    const seller = connect(SELLER_1);
    joinRoom(seller.client, "catalog");
    await heat();
    await tell(later, 13);
    expect(seller.seqs().slice(-2)).toEqual([12, 13]);
  });

  test("tells them before the log begins anew, and none of them after", async () => {
    const { hub, connect, heat, clock } = setUp();
    const seller = connect(SELLER_1);
    await heat();
    hub.restartAt({ at: 3, former: 12 });
    clock.ms += 1_000;
    hub.forgetUpTo(0, false);
    expect(seller.frames().slice(-2)).toMatchObject([{ seq: 12 }, { type: "RESYNC", seq: 3 }]);
  });

  test("tells them before a gap that lies after them", async () => {
    const { hub, connect, heat } = setUp();
    const seller = connect(SELLER_1);
    await heat();
    hub.forgetUpTo(20, true);
    expect(seller.frames().slice(-2)).toMatchObject([{ seq: 12 }, { type: "RESYNC", reason: "gap", seq: 20 }]);
  });
});

describe("a log that begins anew", () => {
  test("makes void what any of its histories has told, and is where connections go on from", async () => {
    const { hub, connect, tell } = setUp();
    const admin = connect(ADMIN);
    hub.advanceTo(12);
    hub.restartAt({ at: 3, former: 12 });
    expect([hub.knownSeq(), admin.client.sentSeq]).toEqual([3, 3]);
    hub.advanceTo(5);
    hub.restartAt({ at: 4, former: 5 });
    await tell({ type: "ADMIN_STATS_UPDATED", metadata: {} }, 20);
    for (const [since, answer] of [
      [9, { type: "RESYNC", reason: "unknown_seq", seq: 20 }],
      [13, { type: "DIRTY", since: 13, seq: 20 }],
    ] as const) {
      hub.answerResume(admin.client, since);
      expect(admin.frames().at(-1)).toMatchObject(answer);
    }
  });

  test("is told once more, with all that was told since, for readers of a cache that had not noticed", async () => {
    const { hub, connect } = setUp();
    const admin = connect(ADMIN);
    hub.advanceTo(12);
    jest.useFakeTimers();
    try {
      hub.restartAt({ at: 3, former: 12 });
      jest.advanceTimersByTime(RESTART_TOLD_AGAIN_MS - 1);
      expect(admin.frames().at(-1)).toMatchObject({ type: "RESYNC", seq: 3 });
      hub.restartAt({ at: 2, former: 3 });
      jest.advanceTimersByTime(RESTART_TOLD_AGAIN_MS - 1);
      hub.broadcastStatsEvent({ type: "ADMIN_STATS_UPDATED", metadata: {}, seq: 5 });
      hub.advanceTo(5);
      jest.advanceTimersByTime(RESTART_TOLD_AGAIN_MS);
      expect(admin.frames().slice(-3)).toMatchObject([
        { type: "RESYNC", reason: "unknown_seq", seq: 2 },
        { type: "ADMIN_STATS_UPDATED", seq: 5 },
        { type: "RESYNC", reason: "unknown_seq", seq: 5 },
      ]);
      expect(admin.client.sentSeq).toBe(5);
      hub.stop();
    } finally {
      jest.useRealTimers();
    }
  });

  test("ends who cannot be told", () => {
    const { hub, connect } = setUp();
    const { client } = connect(ADMIN);
    let ended = 0;
    Object.assign(client.socket, { send: () => 0, terminate: () => (ended += 1) });
    hub.restartAt({ at: 3, former: 12 });
    expect(ended).toBe(1);
  });
});

describe("a reader who has caught up", () => {
  const skipped = () => {
    const parts = setUp();
    const reader = parts.connect(CLIENT_7);
    return { ...parts, ...reader };
  };

  test("is told what was skipped since the last sign that nothing waited", async () => {
    const { hub, client, frames, tell } = skipped();
    await tell({ type: "NOTIFICATION_CREATED", user_id: "7", metadata: {} }, 1);
    hub.sendHead(client);
    expect(client.sentSeq).toBe(1);
    Object.assign(client.socket, { getBufferedAmount: () => 10 });
    await tell({ type: "NOTIFICATION_CREATED", user_id: "7", metadata: {} }, 2);
    hub.sendHead(client);
    expect(client.sentSeq).toBe(1);
    client.stuckSince = 5;
    Object.assign(client.socket, { getBufferedAmount: () => 0 });
    hub.onDrain(client);
    expect(client.stuckSince).toBeUndefined();
    expect(frames().at(-1)).toMatchObject({ type: "DIRTY", since: 1, seq: 2 });
  });

  test("hears RESYNC where it may have been a room's message", () => {
    const { hub, client, frames, joinRoom } = skipped();
    joinRoom(client, "order-9");
    Object.assign(client.socket, { getBufferedAmount: () => 10 });
    hub.broadcastRoomMessage("order-9", "{}");
    Object.assign(client.socket, { getBufferedAmount: () => 0 });
    hub.onDrain(client);
    expect(frames().at(-1)).toMatchObject({ type: "RESYNC", reason: "gap" });
  });
});

test("a user's sockets of another role hear nothing of the one that is meant, and none is kept when it has gone", async () => {
  const { hub, connect, tell } = setUp();
  const [client, seller] = [connect(CLIENT_7), connect({ ...SELLER_1, user_id: CLIENT_7.user_id })];
  await tell({ type: "ORDER_UPDATED", seller_id: "2", client_id: "7", metadata: { order_id: 1 } }, 1);
  expect([client.seqs(), seller.seqs()]).toEqual([[1], []]);
  for (const { client: gone } of [client, seller]) hub.remove(gone);
  expect([hub.clients.size, [...hub.clients.ofUser("7")]]).toEqual([0, []]);
});

test("rooms belong to what HEAD and RESUME tell of", async () => {
  const { hub, connect, joinRoom, tell } = setUp();
  const seller = connect(SELLER_2);
  joinRoom(seller.client, "catalog");
  await tell({ type: "PRODUCT_UPDATED", seller_id: "1", metadata: { product_id: "5" } }, 1);
  hub.sendHead(seller.client);
  expect(seller.frames().at(-1)).toMatchObject({ audiences: { "room:catalog": 1, "seller:2": 0 } });
  hub.answerResume(seller.client, 0);
  expect(seller.frames().at(-1)).toMatchObject({
    type: "DIRTY",
    events: [{ type: "PRODUCT_UPDATED", metadata: { product_id: "5" }, seq: 1 }],
  });
});
