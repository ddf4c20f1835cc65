import { afterEach, describe, expect, test } from "bun:test";
import type { Broker } from "./Broker.ts";
import { eventually, logEntries, logEntry } from "./brokerContract.ts";
import { createFeed } from "./createFeed.ts";
import { faultyBroker } from "./faultyBroker.ts";
import type { Feed } from "./Feed.ts";
import { feedRecorder } from "./feedRecorder.ts";
import { memoryBroker } from "./memoryBroker.ts";

let feed: Feed | undefined;
afterEach(() => feed?.stop());

async function liveFeed(broker: Broker, quietCheckMs = 60_000) {
  const { told, listener } = feedRecorder();
  const created = createFeed({ broker, listener, quietCheckMs });
  feed = created;
  created.start();
  await eventually(() => created.status === "live");
  return { told, feed: created };
}

const seqs = (told: { entries: readonly { seq: number }[] }) => told.entries.map(({ seq }) => seq);
const hint = (seq?: number) =>
  JSON.stringify({
    type: "SELLER_STATS_UPDATED",
    seller_id: "123",
    metadata: {},
    ...(seq === undefined ? {} : { seq }),
  });

describe("a feed", () => {
  test("reads the window as history, then delivers what is appended, whole entries in order", async () => {
    const broker = memoryBroker();
    await broker.append(logEntries(5, 1204));
    const { told, feed } = await liveFeed(broker);
    expect(told).toMatchObject({ startedAt: 4, history: 1200, gaps: [] });
    await broker.append(logEntries(1205, 1207, 3));
    await eventually(() => feed.head === 1207);
    expect(told.entries.slice(-3)).toEqual([...logEntries(1205, 1207, 3)]);
    expect(told.history).toBe(1200);
    await feed.check();
    expect(told.unnumbered).toEqual([]);
  });

  test("starts after the end of a log whose entries are gone", async () => {
    const broker = memoryBroker();
    const emptied: Broker = { ...broker, lastSeq: async () => 40, readAfter: async () => [] };
    const { told, feed } = await liveFeed(emptied);
    expect(feed.head).toBe(40);
    expect(told).toMatchObject({ startedAt: 40, gaps: [] });
  });

  test("delivers a hand-published event without a number, live", async () => {
    const broker = memoryBroker();
    const { told } = await liveFeed(broker);
    await broker.publish("events", hint());
    await eventually(() => told.unnumbered.length === 1);
    expect(told.unnumbered[0]).toEqual({ type: "SELLER_STATS_UPDATED", seller_id: "123", metadata: {} });
  });

  test("does not believe a number beyond the log: delivered without it, and the real ones still come", async () => {
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

  test("suppresses what was delivered already", async () => {
    const broker = memoryBroker();
    await broker.append(logEntries(1, 3));
    const { told, feed } = await liveFeed(broker);
    await broker.publish("events", hint(2));
    await eventually(() => feed.counters.duplicates === 1);
    expect(told.unnumbered).toEqual([]);
    expect(seqs(told)).toEqual([1, 2, 3]);
  });

  test("reads the log once for all the announcements of an entry", async () => {
    const broker = memoryBroker();
    let reads = 0;
    const counting: Broker = {
      ...broker,
      readAfter(after, limit) {
        reads += 1;
        return broker.readAfter(after, limit);
      },
    };
    const { feed } = await liveFeed(counting);
    const before = reads;
    await broker.append([logEntry(1, 5)]);
    await eventually(() => feed.head === 1);
    await Bun.sleep(0);
    expect(reads - before).toBe(1);
  });

  test("hears an announcement that comes at the very end of a look", async () => {
    const broker = memoryBroker();
    const { told, feed } = await liveFeed(broker);
    for (let pause = 0; pause < 40; pause += 1) {
      void broker.append([logEntry(feed.head + 1)]);
      for (let turns = 0; turns < pause; turns += 1) await Promise.resolve();
      const last = await broker.append([logEntry((await broker.lastSeq()) + 1)]);
      await eventually(() => feed.head === last);
    }
    expect(seqs(told)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  });

  test("finds a silent loss by the quiet-period check", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker, 5);
    broker.fates = () => "drop";
    await broker.append(logEntries(1, 2));
    await eventually(() => feed.head === 2);
    expect(seqs(told)).toEqual([1, 2]);
  });

  test("repairs after a reconnect before anything later is delivered", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    broker.disconnect();
    expect(feed.status).toBe("down");
    await broker.append(logEntries(1, 3));
    broker.connect();
    expect(feed.status).toBe("repairing");
    await broker.append(logEntries(4, 4));
    await eventually(() => feed.status === "live" && feed.head === 4);
    expect(seqs(told)).toEqual([1, 2, 3, 4]);
  });

  test("is not live while it hears nothing, though the log can be read", async () => {
    const broker = faultyBroker();
    const { feed } = await liveFeed(broker);
    broker.disconnect();
    await feed.check();
    expect(feed.status).toBe("down");
    broker.connect();
    await eventually(() => feed.status === "live");
  });

  test("a look that is asked for during another sees what came meanwhile", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    broker.fates = () => "drop";
    let appended: Promise<number> | undefined;
    const lastSeq = broker.lastSeq.bind(broker);
    broker.lastSeq = async () => {
      const last = await lastSeq();
      appended ??= broker.append(logEntries(1, 2)).then((seq) => (void (asked = feed.check()), seq));
      await appended;
      return last;
    };
    let asked: Promise<void> | undefined;
    await feed.check();
    await asked;
    expect(seqs(told)).toEqual([1, 2]);
  });

  test("keeps a bounded number of announcements in mind while the log does not answer", async () => {
    const broker = memoryBroker();
    let answer = () => {};
    let held: Promise<void> | undefined;
    const slow: Broker = { ...broker, readAfter: async (...range) => (await held, broker.readAfter(...range)) };
    const { told, feed } = await liveFeed(slow);
    held = new Promise((resolve) => (answer = resolve));
    for (let forged = 1; forged <= 5_000; forged += 1) await broker.publish("events", hint(forged));
    answer();
    await feed.check();
    await feed.check();
    expect(told.unnumbered.length).toBeGreaterThan(0);
    expect(told.unnumbered.length).toBeLessThan(500);
  });

  test("tells what cannot be filled, then goes on", async () => {
    const broker = faultyBroker({ window: 10 });
    const { told, feed } = await liveFeed(broker);
    await broker.append(logEntries(1, 2));
    await eventually(() => feed.head === 2);
    broker.disconnect();
    await broker.append(logEntries(3, 50));
    broker.connect();
    await eventually(() => feed.head === 50);
    expect(told.gaps).toEqual([{ from: 3, to: 40 }]);
    expect(seqs(told)).toEqual([1, 2, ...Array.from({ length: 10 }, (_, index) => 41 + index)]);
  });

  test("entries that nobody can read any more are a gap, although none follows them", async () => {
    const broker = memoryBroker();
    let last = 2;
    const { told, feed } = await liveFeed({ ...broker, lastSeq: async () => last, readAfter: async () => [] });
    last = 40;
    await feed.check();
    expect(told.gaps).toEqual([{ from: 3, to: 40 }]);
    expect(feed.head).toBe(40);
    last = 1_000_000_000_000;
    await feed.check();
    expect(told.gaps.at(-1)).toEqual({ from: 41, to: last });
  });

  test("an emptied log that is refilled is not delivered again; what the refill lacks is a gap", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    await broker.append(logEntries(1, 9));
    await eventually(() => feed.head === 9);
    broker.empty();
    await feed.check();
    expect(feed.counters.rewinds).toBe(1);
    await broker.append(logEntries(6, 10));
    await eventually(() => feed.head === 10);
    broker.empty();
    await broker.append(logEntries(13, 14));
    await eventually(() => feed.head === 14);
    expect(told.order.slice(9)).toEqual([
      [10, 10],
      [11, 12],
      [13, 13],
      [14, 14],
    ]);
  });

  test("while the log cannot be read it is down, and catches up afterwards", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker, 5);
    broker.unreadable = true;
    await broker.append(logEntries(1, 2));
    await eventually(() => feed.status === "down");
    broker.unreadable = false;
    await eventually(() => feed.status === "live" && feed.head === 2);
    expect(seqs(told)).toEqual([1, 2]);
  });

  test("hands room messages on as they were published", async () => {
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

  test("drops and counts what is malformed or too long, and logs each kind once a minute", async () => {
    const broker = memoryBroker();
    const lines: string[] = [];
    const { told, listener } = feedRecorder();
    const logger = { info: () => {}, warn: (_details: object, message: string) => void lines.push(message) };
    const created = createFeed({ broker, listener, logger });
    feed = created;
    created.start();
    await eventually(() => created.status === "live");
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
    expect(created.counters).toMatchObject({ malformed: bad.length + 3, oversized: 1, unnumbered: 1 });
    expect(lines).toEqual(["malformed message dropped", "oversized message dropped"]);
    expect(told.rooms).toEqual([]);
  });

  test("what nests too deep is malformed, brackets inside texts are not", async () => {
    const broker = memoryBroker();
    const { told, feed } = await liveFeed(broker);
    const deep = `${"[".repeat(30_000)}${"]".repeat(30_000)}`;
    await broker.publish("events", `{"type":"ADMIN_STATS_UPDATED","metadata":{"a":${deep}}}`);
    await broker.publish("ws:room:order-9", deep);
    await broker.publish("ws:room:order-9", JSON.stringify(`"${"[".repeat(100)}`));
    await eventually(() => told.rooms.length === 1);
    expect(feed.counters.malformed).toBe(2);
  });

  test("a stopped feed delivers nothing more", async () => {
    const broker = memoryBroker();
    const { told, feed } = await liveFeed(broker);
    const looking = feed.check();
    feed.stop();
    await broker.append([logEntry(1)]);
    await broker.publish("events", hint());
    await looking;
    await feed.check();
    expect([told.entries, told.unnumbered]).toEqual([[], []]);
  });
});
