import { afterEach, describe, expect, test } from "bun:test";
import { ADMIN, CLIENT_7, SELLER_1, SELLER_2, startNode, type TestNode } from "./testing/harness.ts";
import { orderEntries, orderEntry } from "./testing/orderEntry.ts";
import { until } from "./testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

const publish = (notification: object) => node.broker.publish("events", JSON.stringify(notification));

describe("a connection", () => {
  test("is greeted by READY with its audiences, the node's head and the heartbeat", async () => {
    node = await startNode();
    await node.broker.append(orderEntries(1, 3));
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
