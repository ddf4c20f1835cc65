import { afterEach, describe, expect, test } from "bun:test";
import type { LogEntry } from "./Broker.ts";
import { eventually, logEntries } from "./brokerContract.ts";
import { createFeed } from "./createFeed.ts";
import type { Feed } from "./Feed.ts";
import { type FaultyBroker, faultyBroker } from "./faultyBroker.ts";
import { feedRecorder } from "./feedRecorder.ts";

let feed: Feed | undefined;
afterEach(() => feed?.stop());

async function liveFeed(broker: FaultyBroker) {
  const { told, listener } = feedRecorder();
  const created = createFeed({ broker, listener, quietCheckMs: 60_000 });
  feed = created;
  created.start();
  await eventually(() => created.status === "live");
  return { told, feed: created };
}

const seqs = (told: { entries: readonly { seq: number }[] }) => told.entries.map(({ seq }) => seq);

describe("a feed over a log that goes back:", () => {
  const happened = (entries: readonly LogEntry[], at: string) =>
    entries.map(({ seq, notifications }) => ({ seq, notifications: notifications.map((each) => ({ ...each, at })) }));
  const before = (from: number, to: number) => happened(logEntries(from, to), "2026-11-24T10:00:00.000001Z");
  const afterwards = (from: number, to: number) => happened(logEntries(from, to), "2026-11-24T11:00:00.000001Z");
  const restarted = (feed: Feed) => eventually(() => feed.counters.restarts === 1);

  test("a refill that says the same is followed in silence, however often it is looked at", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    await broker.append(before(1, 9));
    await eventually(() => feed.head === 9);
    broker.empty();
    for (let seq = 4; seq <= 9; seq += 1) {
      await broker.append(before(seq, seq));
      await feed.check();
    }
    await broker.append(afterwards(10, 11));
    await eventually(() => feed.head === 11);
    expect(told.restarts).toEqual([]);
    expect(seqs(told)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test("the first entry that says something else starts it anew", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    await broker.append(before(1, 9));
    await eventually(() => feed.head === 9);
    broker.empty();
    await broker.append(before(1, 6));
    await feed.check();
    expect(told.restarts).toEqual([]);
    await broker.append(afterwards(7, 7));
    await feed.check();
    await restarted(feed);
    await broker.append(afterwards(8, 10));
    await eventually(() => feed.head === 10);
    expect(told.restarts).toEqual([{ at: 7, former: 9 }]);
    expect(seqs(told)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 9, 10]);
    expect(told.gaps).toEqual([]);
  });

  test("so does one that has grown beyond the old end before anybody looked", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    await broker.append(before(1, 9));
    await eventually(() => feed.head === 9);
    broker.empty();
    await broker.append([...before(1, 6), ...afterwards(7, 12)]);
    await restarted(feed);
    await broker.append(afterwards(13, 13));
    await eventually(() => feed.head === 13);
    expect(told.restarts).toEqual([{ at: 12, former: 9 }]);
    expect(seqs(told).slice(9)).toEqual([13]);
  });

  test("so does one that began where its entries were gone already", async () => {
    const broker = faultyBroker();
    const [readAfter, lastSeq] = [broker.readAfter.bind(broker), broker.lastSeq.bind(broker)];
    Object.assign(broker, { lastSeq: async () => 9, readAfter: async () => [] });
    const { told, feed } = await liveFeed(broker);
    expect(told.startedAt).toBe(9);
    Object.assign(broker, { lastSeq, readAfter });
    await broker.append(afterwards(1, 12));
    await restarted(feed);
    expect(told.restarts).toEqual([{ at: 12, former: 9 }]);
  });

  test("the end of the old log, read just before, is no end of the new one", async () => {
    const broker = faultyBroker();
    const { told, feed } = await liveFeed(broker);
    await broker.append(before(1, 9));
    await eventually(() => feed.head === 9);
    const lastSeq = broker.lastSeq.bind(broker);
    broker.lastSeq = async () => {
      broker.lastSeq = lastSeq;
      broker.fates = () => "drop";
      await broker.append(before(10, 12));
      const last = await lastSeq();
      broker.empty();
      await broker.append([...before(1, 8), ...afterwards(9, 9)]);
      return last;
    };
    await feed.check();
    await broker.append(afterwards(10, 13));
    await feed.check();
    expect(told.restarts).toEqual([{ at: 9, former: 9 }]);
    expect(seqs(told).slice(9)).toEqual([10, 11, 12, 13]);
  });

  test("one that stands still before the old end is taken for new after a while; an empty one never", async () => {
    const broker = faultyBroker();
    const clock = { ms: 0 };
    const { told, listener } = feedRecorder();
    feed = createFeed({ broker, listener, quietCheckMs: 60_000, now: () => clock.ms });
    feed.start();
    await broker.append(before(1, 9));
    await feed.check();
    broker.empty();
    for (const ms of [0, 20_000, 40_000]) {
      clock.ms = ms;
      await feed.check();
    }
    await broker.append(before(1, 6));
    for (const ms of [40_001, 55_000]) {
      clock.ms = ms;
      await feed.check();
    }
    expect(told.restarts).toEqual([]);
    clock.ms = 55_001;
    await feed.check();
    expect(told.restarts).toEqual([{ at: 6, former: 9 }]);
    expect(feed.head).toBe(6);
  });
});
