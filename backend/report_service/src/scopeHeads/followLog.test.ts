import { afterEach, expect, test } from "bun:test";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createLogger } from "@espigon/service_kit";
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

const sold = (seq: number, seller_id: string) => ({
  seq,
  notifications: [
    { type: "SELLER_STATS_UPDATED" as const, seller_id, metadata: {}, seq },
    { type: "ADMIN_STATS_UPDATED" as const, metadata: {}, seq },
  ],
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("the condition did not come true within 3 s");
    await Bun.sleep(2);
  }
}

test("it knows how far each audience had come before it began, and follows from there", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1"), sold(2, "2")]);
  const { heads } = follow(broker);
  expect(heads.healthy).toBe(false);
  await until(() => heads.healthy);
  expect(["seller:1", "seller:2", "admin"].map((audience) => heads.lastSeqOf(audience))).toEqual([1, 2, 2]);
  await broker.append([sold(3, "1")]);
  await until(() => heads.lastSeqOf("seller:1") === 3);
  expect(heads.lastSeqOf("seller:2")).toBe(2);
});

test("a hint that somebody published by hand makes what was read before doubtful, for its audience only", async () => {
  const broker = memoryBroker();
  await broker.append([sold(1, "1"), sold(2, "2")]);
  const { heads } = follow(broker);
  await until(() => heads.healthy);
  await broker.publish("events", JSON.stringify({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} }));
  await until(() => heads.lastSeqOf("seller:1") === 3);
  expect(heads.lastSeqOf("seller:2")).toBe(2);
});

test("what the log's window no longer holds may have been told to anybody", async () => {
  const broker = memoryBroker({ window: 2 });
  await broker.append([sold(1, "1"), sold(2, "2"), sold(3, "2"), sold(4, "2")]);
  const { heads } = follow(broker);
  await until(() => heads.healthy);
  expect(heads.lastSeqOf("seller:1")).toBe(2);
});
