import { afterEach, describe, expect, test } from "bun:test";
import { type Broker, type LogEntry, memoryBroker } from "@espigon/event_feed";
import { CLIENT_7, SELLER_1, startNode, type TestNode } from "../testing/harness.ts";
import { orderEntries, orderEntry } from "../testing/orderEntry.ts";

let node: TestNode;
afterEach(() => node.stop());

describe("RESUME", () => {
  test("answers the newest stale keys since, of this connection only", async () => {
    node = await startNode();
    await node.broker.append(orderEntries(1, 9));
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
    await broker.append(orderEntries(101, 120));
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

  test("from a seq that meant something else before the log began anew it is RESYNC, also when the log has passed it", async () => {
    let log = memoryBroker();
    const broker: Broker = {
      ...log,
      lastSeq: () => log.lastSeq(),
      append: (entries) => log.append(entries),
      readAfter: (after, limit) => log.readAfter(after, limit),
    };
    node = await startNode({}, broker);
    const at = (time: string, entries: readonly LogEntry[]) =>
      entries.map(({ seq, notifications }) => ({
        seq,
        notifications: notifications.map((each) => ({ ...each, at: time })),
      }));
    const before = at("2026-11-24T10:00:00Z", orderEntries(1, 9));
    await broker.append(before);
    await node.untilSent(9);
    const listener = await node.connect(CLIENT_7);
    log = memoryBroker();
    await broker.append([...before.slice(0, 5), ...at("2026-11-24T11:00:00Z", orderEntries(6, 7))]);
    expect(await listener.next("RESYNC")).toEqual({ type: "RESYNC", reason: "unknown_seq", seq: 7 });
    await broker.append(at("2026-11-24T11:00:00Z", orderEntries(8, 12)));
    const again = await node.connect(CLIENT_7);
    await node.untilSent(12);
    for (const seq of [8, 9]) {
      again.send({ type: "RESUME", seq });
      expect(await again.next("RESYNC")).toEqual({ type: "RESYNC", reason: "unknown_seq", seq: 12 });
    }
    again.send({ type: "RESUME", seq: 10 });
    expect(await again.next("DIRTY")).toMatchObject({ since: 10, seq: 12 });
    again.send({ type: "RESUME", seq: 6 });
    expect(await again.next("RESYNC")).toEqual({ type: "RESYNC", reason: "beyond_window", seq: 12 });
  });
});
