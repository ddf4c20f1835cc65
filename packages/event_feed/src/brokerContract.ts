import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Broker, BrokerListener, LogEntry } from "./Broker.ts";

/** An entry of the log as the publisher makes it, with `count` notifications. */
export function logEntry(seq: number, count = 1): LogEntry {
  const notifications = Array.from({ length: count }, (_, index) => ({
    type: "SELLER_STATS_UPDATED" as const,
    seller_id: String(index + 1),
    metadata: { order_id: seq },
    seq,
  }));
  return { seq, notifications };
}

export function logEntries(from: number, to: number, count = 1): readonly LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => logEntry(from + index, count));
}

/** Resolves when `condition` holds; fails after 20 s, long for a loaded machine. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`did not happen within 20 s: ${condition.toString()}`);
    await Bun.sleep(2);
  }
}

/** The message with which a call is refused, `none` when it is not. */
function refusalOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "none",
    (error: unknown) => String(error),
  );
}

/** A listener that remembers. */
export function recordingListener(): BrokerListener & {
  readonly messages: { channel: string; payload: string }[];
  ups: number;
  downs: number;
} {
  const recorder = {
    messages: [] as { channel: string; payload: string }[],
    ups: 0,
    downs: 0,
    onMessage: (channel: string, payload: string) => void recorder.messages.push({ channel, payload }),
    onUp: () => void (recorder.ups += 1),
    onDown: () => void (recorder.downs += 1),
  };
  return recorder;
}

/** What every adapter of the port `Broker` must do. `open` gives an empty broker; `window` is its size. */
export function testBrokerContract(name: string, open: (options: { window: number }) => Promise<Broker>): void {
  describe(`${name} keeps the contract of a broker:`, () => {
    let broker: Broker;
    beforeEach(async () => {
      broker = await open({ window: 1000 });
    });
    afterEach(() => broker.close());

    test("an empty log ends at 0 and gives nothing", async () => {
      expect(await broker.lastSeq()).toBe(0);
      expect(await broker.readAfter(0, 10)).toEqual([]);
    });

    test("what was appended is read back as it was, in order, in pages", async () => {
      expect(await broker.append(logEntries(1, 5, 3))).toBe(5);
      expect(await broker.lastSeq()).toBe(5);
      expect(await broker.readAfter(0, 2)).toEqual(logEntries(1, 2, 3));
      expect(await broker.readAfter(2, 100)).toEqual(logEntries(3, 5, 3));
      expect(await broker.readAfter(5, 100)).toEqual([]);
    });

    test("an entry that tells nobody anything still has its place", async () => {
      await broker.append([logEntry(1, 0), logEntry(2, 1)]);
      expect(await broker.readAfter(0, 10)).toEqual([logEntry(1, 0), logEntry(2, 1)]);
    });

    test("appending nothing changes nothing", async () => {
      await broker.append(logEntries(1, 2));
      expect(await broker.append([])).toBe(2);
    });

    test("a repeated append is skipped, and only its new part is announced", async () => {
      const listener = recordingListener();
      broker.subscribe(["events"], listener);
      await eventually(() => listener.ups === 1);
      await broker.append(logEntries(1, 3));
      expect(await broker.append(logEntries(2, 4))).toBe(4);
      await eventually(() => listener.messages.length >= 4);
      expect(listener.messages.map(({ payload }) => JSON.parse(payload).seq)).toEqual([1, 2, 3, 4]);
    });

    test("an empty log takes any first seq", async () => {
      expect(await broker.append(logEntries(901, 903))).toBe(903);
      expect((await broker.readAfter(0, 10)).map(({ seq }) => seq)).toEqual([901, 902, 903]);
    });

    test("a hole is refused whole: after the end of the log, and inside what is appended", async () => {
      await broker.append(logEntries(1, 3));
      expect(await refusalOf(broker.append(logEntries(5, 6)))).toContain("does not follow");
      expect(await refusalOf(broker.append([logEntry(4), logEntry(6)]))).toContain("does not follow");
      expect(await refusalOf(broker.append([logEntry(5), logEntry(4)]))).toContain("does not follow");
      expect(await refusalOf(broker.append([{ seq: 4, notifications: logEntry(9).notifications }]))).toContain(
        "another seq",
      );
      expect(await broker.lastSeq()).toBe(3);
      expect(await broker.append([logEntry(4)])).toBe(4);
    });

    test("the log keeps about its window, from the newest backwards", async () => {
      for (let from = 1; from < 5000; from += 500) await broker.append(logEntries(from, from + 499));
      const kept = await broker.readAfter(0, 10_000);
      expect(kept.length).toBeGreaterThanOrEqual(1000);
      expect(kept.length).toBeLessThan(2000);
      expect(kept.at(-1)?.seq).toBe(5000);
      expect(kept[0]?.seq).toBe(5001 - kept.length);
    });

    test("each notification of an entry is one message on channel events, in order", async () => {
      const listener = recordingListener();
      broker.subscribe(["events"], listener);
      await eventually(() => listener.ups === 1);
      await broker.append(logEntries(1, 2, 2));
      await eventually(() => listener.messages.length === 4);
      expect(listener.messages.map(({ payload }) => JSON.parse(payload))).toEqual(
        logEntries(1, 2, 2).flatMap(({ notifications }) => [...notifications]),
      );
    });

    test("a trailing star matches any rest and nothing else; names are literal", async () => {
      const rooms = recordingListener();
      const odd = recordingListener();
      broker.subscribe(["events", "ws:room:*"], rooms);
      broker.subscribe(["odd[a]?*"], odd);
      await eventually(() => rooms.ups === 1 && odd.ups === 1);
      for (const channel of ["ws:room:order-9", "other", "events2", "odda1", "odd[a]?1", "events"]) {
        await broker.publish(channel, "x");
      }
      await eventually(() => rooms.messages.some(({ channel }) => channel === "events") && odd.messages.length > 0);
      expect(rooms.messages.map(({ channel }) => channel)).toEqual(["ws:room:order-9", "events"]);
      expect(odd.messages.map(({ channel }) => channel)).toEqual(["odd[a]?1"]);
    });

    test("an ended subscription hears nothing more, the others go on", async () => {
      const [first, second] = [recordingListener(), recordingListener()];
      const end = broker.subscribe(["events"], first);
      broker.subscribe(["events"], second);
      await eventually(() => first.ups === 1 && second.ups === 1);
      end();
      await broker.publish("events", "x");
      await eventually(() => second.messages.length === 1);
      expect(first.messages).toEqual([]);
    });

    test("a closed broker rejects", async () => {
      await broker.close();
      expect(await refusalOf(broker.lastSeq())).not.toBe("none");
      expect(await refusalOf(broker.append([logEntry(1)]))).not.toBe("none");
      expect(await refusalOf(broker.publish("events", "x"))).not.toBe("none");
    });
  });
}
