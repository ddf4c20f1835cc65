import { afterEach, describe, expect, test } from "bun:test";
import type { LogEntry } from "@espigon/event_feed";
import {
  ADMIN,
  CLIENT_7,
  roomTokenFor,
  SELLER_1,
  SELLER_2,
  startNode,
  type TestNode,
  tokenFor,
} from "./testing/harness.ts";
import { until } from "./testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

/** An order's change as the publisher writes it: the seller's and the administrator's figures, and the order. */
function orderEntry(seq: number, order_id = seq, seller_id = "1", client_id = "7"): LogEntry {
  const metadata = { order_id, action: "order_created" };
  const at = new Date().toISOString();
  return {
    seq,
    notifications: [
      { type: "SELLER_STATS_UPDATED", seller_id, metadata, at, seq },
      { type: "ADMIN_STATS_UPDATED", metadata, at, seq },
      { type: "ORDER_UPDATED", seller_id, client_id, metadata, at, seq },
    ],
  };
}
const orders = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => orderEntry(from + index));
const publish = (notification: object) => node.broker.publish("events", JSON.stringify(notification));

describe("a connection", () => {
  test("is greeted by READY with its audiences, the node's head and the heartbeat", async () => {
    node = await startNode();
    await node.broker.append(orders(1, 3));
    await node.untilSent(3);
    const admin = await node.connect(ADMIN);
    const seller = await node.connect(SELLER_1);
    const client = await node.connect(CLIENT_7);
    expect(seller.socket.protocol).toBe("espigon.v1");
    expect(admin.frames[0]).toEqual({ type: "READY", seq: 3, audiences: ["admin", "user:1"], heartbeat_ms: 15_000 });
    expect(seller.frames[0]).toMatchObject({ audiences: ["seller:1", "user:11"] });
    expect(client.frames[0]).toMatchObject({ audiences: ["client:7", "user:7"] });
  });

  test("hears exactly what its audiences are told, with seq and at", async () => {
    node = await startNode();
    const [admin, seller1, seller2, client] = await Promise.all(
      [ADMIN, SELLER_1, SELLER_2, CLIENT_7].map((who) => node.connect(who)),
    );
    await node.broker.append([orderEntry(1)]);
    await client?.next("ORDER_UPDATED");
    for (const each of [admin, seller1, seller2, client]) await each?.settle();
    const heard = (one: typeof admin) => one?.frames.filter(({ type }) => type !== "READY" && type !== "ERROR");
    expect(heard(admin)).toMatchObject([{ type: "ADMIN_STATS_UPDATED", seq: 1, at: expect.any(String) }]);
    expect(heard(seller1)).toMatchObject([
      { type: "SELLER_STATS_UPDATED", seller_id: "1", seq: 1 },
      { type: "ORDER_UPDATED", seq: 1 },
    ]);
    expect(heard(seller2)).toEqual([]);
    expect(heard(client)).toMatchObject([{ type: "ORDER_UPDATED", client_id: "7", seq: 1, metadata: { order_id: 1 } }]);
  });

  test.each([
    [{ type: "ADMIN_STATS_UPDATED" }, ["admin"]],
    [{ type: "SELLER_STATS_UPDATED", seller_id: "1" }, ["seller1"]],
    [{ type: "ORDER_UPDATED", seller_id: "2", client_id: "7" }, ["seller2", "client"]],
    [{ type: "PRODUCT_UPDATED", seller_id: "2" }, ["admin", "seller2"]],
    [{ type: "LOW_STOCK", seller_id: "1" }, ["seller1"]],
    [{ type: "CLIENT_REGISTERED" }, ["admin"]],
    [{ type: "NOTIFICATION_CREATED", user_id: "12" }, ["seller2"]],
    [{ type: "SELLER_STATS_UPDATED", seller_id: "7" }, []],
    [{ type: "SELLER_STATS_UPDATED", seller_id: "1", seq: 999_999_999 }, ["seller1"]],
  ])("published by hand, %j reaches %j once, without a number", async (notification, expected) => {
    node = await startNode();
    const clients = {
      admin: await node.connect(ADMIN),
      seller1: await node.connect(SELLER_1),
      seller2: await node.connect(SELLER_2),
      client: await node.connect(CLIENT_7),
    };
    await publish({ metadata: {}, ...notification });
    await publish({ type: "NOTIFICATION_CREATED", user_id: "1", metadata: { last: true } });
    await clients.admin.next("NOTIFICATION_CREATED");
    for (const each of Object.values(clients)) await each.settle();
    const heard = Object.entries(clients).flatMap(([name, { frames }]) =>
      frames
        .filter(({ type, metadata }) => type === notification.type && !(metadata as { last?: true }).last)
        .map((frame) => [name, frame] as const),
    );
    expect(heard.map(([name]) => name)).toEqual(expected);
    const { seq: _forged, ...sent } = { metadata: {}, ...notification, seq: 0 };
    for (const [, frame] of heard) expect(frame).toEqual(sent as never);
  });

  test("hears HEAD for each of its audiences within the heartbeat, when nothing happens", async () => {
    node = await startNode({ HEARTBEAT_MS: "200" });
    await node.broker.append([orderEntry(1), orderEntry(2, 2, "2")]);
    await node.untilSent(2);
    const seller = await node.connect(SELLER_1);
    expect(await seller.next("HEAD")).toEqual({ type: "HEAD", audiences: { "seller:1": 1, "user:11": 0 } });
    await node.broker.append([orderEntry(3)]);
    await seller.next("SELLER_STATS_UPDATED");
    await until(() => seller.frames.at(-1)?.type === "HEAD", "a later HEAD");
    expect(seller.frames.at(-1)).toMatchObject({ audiences: { "seller:1": 3 } });
  });
});

describe("RESUME", () => {
  test("answers the newest stale keys since, of this connection only", async () => {
    node = await startNode();
    await node.broker.append(orders(1, 9));
    await node.broker.append([orderEntry(10, 3), orderEntry(11, 50, "2", "8")]);
    await node.untilSent(11);
    const seller = await node.connect(SELLER_1);
    seller.send({ type: "RESUME", seq: 8 });
    expect(await seller.next("DIRTY")).toEqual({
      type: "DIRTY",
      since: 8,
      seq: 11,
      events: [
        {
          type: "ORDER_UPDATED",
          seller_id: "1",
          client_id: "7",
          metadata: { order_id: 9, action: "order_created" },
          seq: 9,
        },
        { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: { order_id: 3, action: "order_created" }, seq: 10 },
        {
          type: "ORDER_UPDATED",
          seller_id: "1",
          client_id: "7",
          metadata: { order_id: 3, action: "order_created" },
          seq: 10,
        },
      ],
    });
    seller.send({ type: "RESUME", seq: 11 });
    expect(await seller.next("DIRTY")).toEqual({ type: "DIRTY", since: 11, seq: 11, events: [] });
  });

  test("knows the broker's window from before the node started, and answers RESYNC below it", async () => {
    node = await startNode();
    const { broker } = node;
    await broker.append(orders(101, 120));
    await node.stop();
    node = await startNode({}, broker);
    const client = await node.connect(CLIENT_7);
    expect(client.frames[0]).toMatchObject({ type: "READY", seq: 120 });
    client.send({ type: "RESUME", seq: 118 });
    expect((await client.next("DIRTY"))["events"]).toMatchObject([{ seq: 119 }, { seq: 120 }]);
    client.send({ type: "RESUME", seq: 100 });
    expect((await client.next("DIRTY"))["events"]).toHaveLength(20);
    client.send({ type: "RESUME", seq: 99 });
    expect(await client.next("RESYNC")).toEqual({ type: "RESYNC", reason: "beyond_window", seq: 120 });
  });

  test("above the node's head it is RESYNC, unless the log has grown meanwhile", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    client.send({ type: "RESUME", seq: 5 });
    expect(await client.next("RESYNC")).toEqual({ type: "RESYNC", reason: "unknown_seq", seq: 0 });
  });
});

describe("rooms", () => {
  test("the catalogue needs no token; each product event reaches a member once", async () => {
    node = await startNode();
    const members = await Promise.all([ADMIN, SELLER_1, SELLER_2, CLIENT_7].map((who) => node.connect(who)));
    for (const member of members) {
      member.send({ type: "JOIN", room: "catalog" });
      expect(await member.next("JOINED")).toEqual({ type: "JOINED", room: "catalog" });
    }
    await publish({ type: "PRODUCT_CREATED", seller_id: "1", metadata: { product_id: "5" } });
    await node.broker.publish("ws:room:catalog", '{"hello":1}');
    for (const member of members) {
      expect(await member.next("ROOM_MESSAGE")).toEqual({
        type: "ROOM_MESSAGE",
        room: "catalog",
        payload: { hello: 1 },
      });
      await member.next("PRODUCT_CREATED");
      await member.settle();
      expect(member.ofType("PRODUCT_CREATED")).toHaveLength(1);
    }
    members[3]?.send({ type: "LEAVE", room: "catalog" });
    await members[3]?.settle();
    await publish({ type: "PRODUCT_DELETED", seller_id: "1", metadata: { product_id: "5" } });
    await members[2]?.next("PRODUCT_DELETED");
    await members[3]?.settle();
    expect(members[3]?.ofType("PRODUCT_DELETED")).toEqual([]);
  });

  test("another room needs the room token of this room and this user", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    const wrong = [
      undefined,
      await roomTokenFor("order-8", "7"),
      await roomTokenFor("order-9", "8"),
      await roomTokenFor("order-9", "7", "another secret of at least 32 bytes!!"),
      await tokenFor(CLIENT_7),
    ];
    for (const token of wrong) {
      client.send({ type: "JOIN", room: "order-9", ...(token === undefined ? {} : { token }) });
      expect((await client.next("ERROR"))["code"]).toBe(token === undefined ? "FORBIDDEN" : "INVALID_TOKEN");
    }
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", "7") });
    await client.next("JOINED");
    await node.broker.publish("ws:room:order-9", '"hola"');
    await node.broker.publish("ws:room:order-8", '"no"');
    expect(await client.next("ROOM_MESSAGE")).toEqual({ type: "ROOM_MESSAGE", room: "order-9", payload: "hola" });
    expect(client.ofType("JOINED")).toHaveLength(1);
  });

  test("members learn who is there and who is typing", async () => {
    node = await startNode();
    const [client, seller] = [await node.connect(CLIENT_7), await node.connect(SELLER_1)];
    client.send({ type: "TYPING", room: "order-9" });
    expect((await client.next("ERROR"))["code"]).toBe("FORBIDDEN");
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", "7") });
    seller.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", "11") });
    await until(
      () => client.frames.some((frame) => frame.type === "PRESENCE" && (frame["users"] as string[]).length === 2),
      "PRESENCE of two",
    );
    expect(client.ofType("PRESENCE").at(-1)).toEqual({ type: "PRESENCE", room: "order-9", users: ["11", "7"] });
    client.send({ type: "TYPING", room: "order-9" });
    expect(await seller.next("TYPING")).toEqual({ type: "TYPING", room: "order-9", user_id: "7" });
    client.close();
    await until(
      () => JSON.stringify(seller.frames.at(-1)) === '{"type":"PRESENCE","room":"order-9","users":["11"]}',
      "PRESENCE of one",
    );
  });

  test("are limited in number", async () => {
    node = await startNode({ MAX_ROOMS_PER_SOCKET: "1" });
    const client = await node.connect(CLIENT_7);
    client.send({ type: "JOIN", room: "catalog" });
    await client.next("JOINED");
    client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", "7") });
    expect((await client.next("ERROR"))["code"]).toBe("TOO_MANY_ROOMS");
  });
});
