import { afterEach, expect, test } from "bun:test";
import type { FeedMessage } from "@espigon/event_contracts";
import { type Broker, type Feed, memoryBroker } from "@espigon/event_feed";
import { orderEntry } from "../testing/orderEntry.ts";
import { until } from "../testing/testClient.ts";
import type { Hub } from "./hub.ts";
import { createRedisPubSub } from "./redisPubSub.ts";

let feed: Feed | undefined;
afterEach(() => feed?.stop());

/** Everything that the hub and the revocations are told, in order. */
async function listen(broker: Broker): Promise<string[]> {
  const told: string[] = [];
  const note = (call: string) => void told.push(call);
  const hub = {
    forgetUpTo: (seq: number, tell: boolean) => note(`hub forgets up to ${seq}${tell ? " and says so" : ""}`),
    restartAt: ({ at }: { at: number }) => note(`hub restarts at ${at}`),
    broadcastStatsEvent: ({ type }: FeedMessage) => note(`hub sends ${type}`),
    recall: ({ type }: FeedMessage) => note(`hub recalls ${type}`),
    advanceTo: (seq: number) => note(`hub knows ${seq}`),
    broadcastRoomMessage: () => {},
  };
  const started = createRedisPubSub({
    broker,
    hub: hub as unknown as Hub,
    revocations: {
      startAfter: (seq) => note(`revocations start after ${seq}`),
      hear: ({ type }) => note(`revocations hear ${type}`),
      miss: () => note("revocations missed something"),
    },
    onRevoked: ({ user_id }) => note(`user ${user_id} is looked at`),
    onMissed: () => note("all are looked at"),
    logger: { info: () => {}, warn: () => {} },
    onStatus: () => {},
  });
  feed = started;
  started.start();
  await until(() => started.status === "live", "a live feed");
  return told;
}

const revoked = (seq: number) => {
  const metadata = { reason: "logout" as const, session_ids: ["a"], whole_account: false };
  return { seq, notifications: [{ type: "ACCESS_REVOKED" as const, user_id: "7", metadata, seq }] };
};

test("what was revoked in the window is known before anybody comes, and nothing is sent of it", async () => {
  const broker = memoryBroker({ window: 2 });
  await broker.append([orderEntry(1), orderEntry(2), orderEntry(3), { seq: 4, notifications: [] }, revoked(5)]);
  expect(await listen(broker)).toEqual([
    "hub forgets up to 3",
    "revocations start after 3",
    "hub knows 4",
    "revocations hear ACCESS_REVOKED",
    "hub knows 5",
  ]);
});

test("a revocation is known before the connections are looked at, and is told to none of them", async () => {
  const broker = memoryBroker();
  await broker.append([{ seq: 1, notifications: [] }]);
  const told = await listen(broker);
  told.length = 0;
  await broker.append([revoked(2)]);
  await until(() => told.includes("hub knows 2"), "the revocation");
  expect(told).toEqual(["revocations hear ACCESS_REVOKED", "user 7 is looked at", "hub knows 2"]);
});

test("a gap, and a log that begins anew, may have hidden a revocation: all are looked at after that is known", async () => {
  const [before, after] = [memoryBroker(), memoryBroker()];
  await before.append([1, 2, 3].map((seq) => orderEntry(seq)));
  const at = new Date(0).toISOString();
  const metadata = {};
  await after.append(
    [1, 2].map((seq) => ({ seq, notifications: [{ type: "ADMIN_STATS_UPDATED", metadata, at, seq }] })),
  );
  let current: Pick<Broker, "lastSeq" | "readAfter"> = before;
  const told = await listen({
    ...before,
    lastSeq: () => current.lastSeq(),
    readAfter: (from, limit) => current.readAfter(from, limit),
  });
  for (const [next, heard] of [
    [{ lastSeq: async () => 40, readAfter: async () => [] }, "hub forgets up to 40 and says so"],
    [after, "hub restarts at 2"],
  ] as const) {
    told.length = 0;
    current = next;
    await until(() => told.includes("all are looked at"), heard);
    expect(told).toEqual([heard, "revocations missed something", "all are looked at"]);
  }
});
