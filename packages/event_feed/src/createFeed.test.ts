import { afterEach, describe, expect, test } from "bun:test";
import type { Broker } from "./Broker.ts";
import { eventually, logEntries, logEntry } from "./brokerContract.ts";
import { faultyBroker } from "./faultyBroker.ts";
import { hint, liveFeed, seqs, stopFeeds } from "./liveFeed.ts";
import { memoryBroker } from "./memoryBroker.ts";

afterEach(stopFeeds);

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
