import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { redisBroker } from "@espigon/event_feed";
import { Redis } from "ioredis";
import { startRedis, type TestRedis } from "../../../../tests/support/testRedis.ts";
import { ADMIN, CLIENT_7, roomTokenFor, SELLER_1, SELLER_2, startNode, type TestNode } from "../testing/harness.ts";
import { orderEntries } from "../testing/orderEntry.ts";
import { until } from "../testing/testClient.ts";

let server: TestRedis;
let redis: Redis;
let nodes: readonly TestNode[] = [];

const startNodeOnRedis = () => startNode({}, redisBroker({ url: server.url }));

beforeAll(async () => {
  server = await startRedis();
  redis = new Redis(server.url);
  redis.on("error", () => {});
  nodes = [await startNodeOnRedis(), await startNodeOnRedis()];
});
afterAll(async () => {
  for (const node of nodes) {
    await node.stop();
    await node.broker.close();
  }
  redis.disconnect();
  await server.stop();
});

async function connectEverywhere() {
  const clients = [];
  for (const node of nodes) {
    for (const who of [ADMIN, SELLER_1, SELLER_2, CLIENT_7]) clients.push({ who, client: await node.connect(who) });
  }
  return clients;
}

describe("two nodes on one Redis", () => {
  test("an event published by hand reaches exactly its audience on both", async () => {
    const clients = await connectEverywhere();
    await redis.publish(
      "events",
      '{"type":"SELLER_STATS_UPDATED","seller_id":"1","metadata":{"action":"order_created"}}',
    );
    for (const { who, client } of clients) {
      if (who === SELLER_1) {
        expect(await client.next("SELLER_STATS_UPDATED")).toEqual({
          type: "SELLER_STATS_UPDATED",
          seller_id: "1",
          metadata: { action: "order_created" },
        });
      }
    }
    await redis.publish("events", '{"type":"NOTIFICATION_CREATED","user_id":"7","metadata":{}}');
    for (const { who, client } of clients) if (who === CLIENT_7) await client.next("NOTIFICATION_CREATED");
    for (const { who, client } of clients) {
      await client.settle();
      if (who !== SELLER_1) expect(client.ofType("SELLER_STATS_UPDATED")).toEqual([]);
      client.close();
    }
  });

  test("a room's message reaches its members on both", async () => {
    const members = [];
    for (const node of nodes) {
      const client = await node.connect(CLIENT_7);
      client.send({ type: "JOIN", room: "order-9", token: await roomTokenFor("order-9", CLIENT_7) });
      await client.next("JOINED");
      members.push(client);
    }
    await redis.publish("ws:room:order-9", '{"text":"hola"}');
    for (const member of members) {
      expect((await member.next("ROOM_MESSAGE"))["payload"]).toEqual({ text: "hola" });
      member.close();
    }
  });

  test("a client that goes from one node to the other resumes there", async () => {
    const [first, second] = nodes;
    const before = await first?.connect(SELLER_1);
    await first?.broker.append(orderEntries(1, 3));
    await until(
      () => before?.frames.some(({ seq, type }) => seq === 3 && type === "ORDER_UPDATED") ?? false,
      "order 3",
    );
    before?.close();
    await first?.broker.append(orderEntries(4, 5));
    await second?.untilSent(5);
    const after = await second?.connect(SELLER_1);
    after?.send({ type: "RESUME", seq: 3 });
    const dirty = await after?.next("DIRTY");
    expect(dirty).toMatchObject({ since: 3, seq: 5 });
    expect(dirty?.["events"]).toMatchObject([{ seq: 4 }, { seq: 5 }, { seq: 5 }]);
    after?.close();
  });

  test("what a session is worth ends on both, also for who comes back", async () => {
    const ended = { ...CLIENT_7, session_id: "ended" };
    const clients = [];
    for (const node of nodes) {
      clients.push({
        node,
        one: await node.connect(ended),
        other: await node.connect({ ...ended, session_id: "other" }),
      });
    }
    const metadata = { reason: "logout" as const, session_ids: ["ended"], whole_account: false };
    const seq = 6;
    await nodes[0]?.broker.append([
      { seq, notifications: [{ type: "ACCESS_REVOKED", user_id: CLIENT_7.user_id, metadata, seq }] },
    ]);
    for (const { node, one, other } of clients) {
      expect((await one.closure()).code).toBe(4403);
      expect(node.connect(ended)).rejects.toThrow("before a frame READY");
      await other.settle();
      other.close();
    }
  });

  test("after a restart of an empty Redis the same sockets hear what follows", async () => {
    const clients = await connectEverywhere();
    const port = Number(new URL(server.url).port);
    await server.stop("SIGKILL");
    server = await startRedis({ port });
    const append = () => nodes[0]?.broker.append(orderEntries(3, 7)).catch(() => 0);
    await until(async () => (await append()) === 7, "a log that takes events");
    for (const { who, client } of clients) {
      if (who === CLIENT_7) expect(await client.next("ORDER_UPDATED")).toMatchObject({ seq: 7 });
      client.close();
    }
  });

  test("cut from Redis, they repair; what is lost for good is RESYNC for every client", async () => {
    const clients = await connectEverywhere();
    await redis.call("CLIENT", "KILL", "TYPE", "pubsub");
    await nodes[0]?.broker.append(orderEntries(8, 9));
    for (const { who, client } of clients) {
      if (who === SELLER_1) await until(() => client.ofType("SELLER_STATS_UPDATED").length === 2, "both events");
    }
    await redis.multi().xadd("events:log", "11-0", "e", "[]").xtrim("events:log", "MAXLEN", 0).exec();
    for (const { client } of clients) {
      expect(await client.next("RESYNC")).toEqual({ type: "RESYNC", reason: "gap", seq: 11 });
      client.send({ type: "RESUME", seq: 10 });
      expect((await client.next("RESYNC"))["reason"]).toBe("beyond_window");
      client.close();
    }
  });
});
