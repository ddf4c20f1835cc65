import { afterEach, expect, test } from "bun:test";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createLogger } from "@espigon/service_kit";
import { until } from "../../../../tests/faults/support/until.ts";
import { type FollowedLog, followLog } from "./followLog.ts";

const logger = createLogger("test", "silent");
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function follow(broker: Broker): FollowedLog {
  const followed = followLog(broker, logger);
  ends.push(
    () => followed.stop(),
    () => broker.close(),
  );
  return followed;
}

const sold = (seq: number, seller_id: string, at = "2026-11-24T10:00:00Z") => ({
  seq,
  notifications: [
    { type: "SELLER_STATS_UPDATED" as const, seller_id, metadata: {}, at, seq },
    { type: "ADMIN_STATS_UPDATED" as const, metadata: {}, at, seq },
  ],
});

const issued_at = Math.floor(Date.now() / 1000);
/** What becomes of a token that was issued before any of this. */
const verdictOf = async ({ revocations }: FollowedLog) => {
  const principal = { user_id: "7", role: "CLIENT" as const, issued_at, expires_at: issued_at + 900 };
  return (await revocations.guard(async () => ({ kind: "valid", principal }))("token")).kind;
};

test("it knows how far each audience had come before it began, and follows from there", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1"), sold(2, "2")]);
  const { heads } = follow(broker);
  expect(heads.healthy).toBe(false);
  await until("the feed is healthy", () => heads.healthy);
  expect(["seller:1", "seller:2", "admin"].map((audience) => heads.lastSeqOf(audience))).toEqual([1, 2, 2]);
  await broker.append([sold(3, "1")]);
  await until("the event has come", () => heads.lastSeqOf("seller:1") === 3);
  expect(heads.lastSeqOf("seller:2")).toBe(2);
});

test("a hint that somebody published by hand makes what was read before doubtful, for its audience only", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1"), sold(2, "2")]);
  const { heads } = follow(broker);
  await until("the feed is healthy", () => heads.healthy);
  await broker.publish("events", JSON.stringify({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} }));
  await until("the event has come", () => heads.lastSeqOf("seller:1") === 3);
  expect(heads.lastSeqOf("seller:2")).toBe(2);
});

test("what the log's window no longer holds may have been told to anybody", async () => {
  const broker = memoryBroker({ window: 2 });
  await broker.append([sold(1, "1"), sold(2, "2"), sold(3, "2"), sold(4, "2")]);
  const { heads } = follow(broker);
  await until("the feed is healthy", () => heads.healthy);
  expect(heads.lastSeqOf("seller:1")).toBe(2);
});

test("what is missing in the log may have been told to anybody, and may have ended anybody's access", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1"), sold(2, "2")]);
  let hidden = false;
  const followed = follow({
    ...broker,
    lastSeq: async () => (hidden ? 40 : broker.lastSeq()),
    readAfter: async (after, limit) => (hidden ? [] : broker.readAfter(after, limit)),
  });
  await until("the feed is healthy", () => followed.heads.healthy);
  expect(await verdictOf(followed)).toBe("valid");
  hidden = true;
  await until("the gap is known", () => followed.heads.lastSeqOf("admin") === 40);
  expect([followed.heads.lastSeqOf("seller:1"), await verdictOf(followed)]).toEqual([40, "expired"]);
});

test("a log that has begun anew is another history, in which anybody's access may have ended", async () => {
  const [before, after] = [memoryBroker(), memoryBroker()];
  await before.append([sold(1, "1"), sold(2, "2"), sold(3, "2")]);
  await after.append([sold(1, "1"), sold(2, "1", "2026-11-24T11:00:00Z")]);
  let current = before;
  const followed = follow({
    ...before,
    lastSeq: () => current.lastSeq(),
    readAfter: (from, limit) => current.readAfter(from, limit),
  });
  await until("the feed is healthy", () => followed.heads.healthy);
  current = after;
  await until("it is another log", () => followed.heads.history === 1);
  expect([followed.heads.lastSeqOf("seller:2"), await verdictOf(followed)]).toEqual([2, "expired"]);
});

test("a window that begins later leaves in doubt who was revoked before it", async () => {
  const broker = memoryBroker({ window: 2 });
  const now = new Date().toISOString();
  await broker.append([1, 2, 3, 4].map((seq) => sold(seq, "1", now)));
  const followed = follow(broker);
  await until("the feed is healthy", () => followed.heads.healthy);
  expect(await verdictOf(followed)).toBe("expired");
});

test("after a lost connection nothing is trusted before it has been repaired", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1")]);
  let held: Promise<void> | undefined;
  const listeners: Parameters<Broker["subscribe"]>[1][] = [];
  const { heads } = follow({
    ...broker,
    readAfter: async (after, limit) => (await held, broker.readAfter(after, limit)),
    subscribe(channels, listener) {
      listeners.push(listener);
      return broker.subscribe(channels, listener);
    },
  });
  await until("the feed is healthy", () => heads.healthy);
  const { promise, resolve } = Promise.withResolvers<void>();
  held = promise;
  for (const listener of listeners) listener.onDown();
  for (const listener of listeners) listener.onUp();
  await Bun.sleep(0);
  expect(heads.healthy).toBe(false);
  resolve();
  await until("the feed is healthy", () => heads.healthy);
});
