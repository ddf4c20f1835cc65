import { afterEach, describe, expect, test } from "bun:test";
import { eventually, logEntries } from "./brokerContract.ts";
import { hint, liveFeed, seqs, stopFeeds } from "./liveFeed.ts";
import { memoryBroker } from "./memoryBroker.ts";

afterEach(stopFeeds);

describe("what anyone publishes", () => {
  test("is delivered live, without a number", async () => {
    const broker = memoryBroker();
    const { told } = await liveFeed(broker);
    await broker.publish("events", hint());
    await eventually(() => told.unnumbered.length === 1);
    expect(told.unnumbered[0]).toEqual({ type: "SELLER_STATS_UPDATED", seller_id: "123", metadata: {} });
  });

  test("with a number beyond the log is delivered without it, and the real ones still come", async () => {
    const broker = memoryBroker();
    await broker.append(logEntries(1, 3));
    const { told, feed } = await liveFeed(broker);
    await broker.publish("events", hint(4));
    await broker.publish("events", hint(999_999));
    await eventually(() => told.unnumbered.length === 2);
    expect(told.unnumbered.every((notification) => notification.seq === undefined)).toBe(true);
    expect(feed.head).toBe(3);
    await broker.append(logEntries(4, 5));
    await eventually(() => feed.head === 5);
    expect(seqs(told)).toEqual([1, 2, 3, 4, 5]);
    expect(feed.counters).toMatchObject({ disbelieved: 2, gaps: 0 });
  });

  test("for a room is handed on as it was published", async () => {
    const broker = memoryBroker();
    const { told } = await liveFeed(broker);
    await broker.publish("ws:room:order-9", '{ "text": "hola" }');
    await broker.publish("ws:room:order-9", "[1]");
    await eventually(() => told.rooms.length === 2);
    expect(told.rooms).toEqual([
      { room: "order-9", payload: '{ "text": "hola" }' },
      { room: "order-9", payload: "[1]" },
    ]);
  });

  test("is dropped and counted when it is malformed or too long, each kind logged once a minute", async () => {
    const broker = memoryBroker();
    const lines: string[] = [];
    const logger = { info: () => {}, warn: (_details: object, message: string) => void lines.push(message) };
    const { told, feed } = await liveFeed(broker, 60_000, logger);
    const bad = [
      "",
      "{",
      "null",
      "7",
      "[]",
      '{"type":"X"}',
      '{"type":"SELLER_STATS_UPDATED"}',
      hint().replace("123", "a b"),
    ];
    for (const payload of bad) await broker.publish("events", payload);
    await broker.publish("ws:room:order-9", "{");
    await broker.publish("ws:room:seller:1", "{}");
    await broker.publish("events", JSON.stringify({ ...JSON.parse(hint()), metadata: { text: "é".repeat(33_000) } }));
    await broker.publish("events", `{"type":"ADMIN_STATS_UPDATED","seq":"7"}`);
    await broker.publish("events", hint());
    await eventually(() => told.unnumbered.length === 1);
    expect(feed.counters).toMatchObject({ malformed: bad.length + 3, oversized: 1, unnumbered: 1 });
    expect(lines).toEqual(["malformed message dropped", "oversized message dropped"]);
    expect(told.rooms).toEqual([]);
  });

  test("is malformed when it nests too deep; brackets inside texts do no harm", async () => {
    const broker = memoryBroker();
    const { told, feed } = await liveFeed(broker);
    const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
    await broker.publish("events", `{"type":"ADMIN_STATS_UPDATED","metadata":{"a":${deep}}}`);
    await broker.publish("ws:room:order-9", deep);
    await broker.publish("ws:room:order-9", JSON.stringify(`"${"[".repeat(100)}`));
    await eventually(() => told.rooms.length === 1);
    expect(feed.counters.malformed).toBe(2);
  });
});
