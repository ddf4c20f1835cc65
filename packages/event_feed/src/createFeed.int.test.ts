import { afterAll, beforeAll, expect, test } from "bun:test";
import { Redis } from "ioredis";
import { startRedis, type TestRedis } from "../../../tests/support/testRedis.ts";
import { eventually, logEntries } from "./brokerContract.ts";
import { createFeed } from "./createFeed.ts";
import { feedRecorder } from "./feedRecorder.ts";
import { redisBroker } from "./redisBroker.ts";

let server: TestRedis;
let admin: Redis;

beforeAll(async () => {
  server = await startRedis();
  admin = new Redis(server.url);
  admin.on("error", () => {});
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

test("over a real Redis: cut subscriptions, an emptied log, a trimmed log and a restart lose nothing silently", async () => {
  const broker = redisBroker({ url: server.url });
  const { told, listener } = feedRecorder();
  const feed = createFeed({ broker, listener });
  feed.start();
  await eventually(() => feed.status === "live");

  await broker.append(logEntries(1, 5, 2));
  await eventually(() => feed.head === 5);

  await admin.call("CLIENT", "KILL", "TYPE", "pubsub");
  await broker.append(logEntries(6, 8));
  await eventually(() => feed.head === 8);
  expect(told.gaps).toEqual([]);
  // It may have read them while it still heard nothing.
  await eventually(() => told.statuses.includes("down") && feed.status === "live");

  await admin.flushall();
  await eventually(() => feed.counters.rewinds === 1);
  await broker.append(logEntries(4, 9));
  await eventually(() => feed.head === 9);
  expect(told.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);

  await admin.publish("events", '{"type":"ADMIN_STATS_UPDATED","metadata":{},"seq":10}');
  await eventually(() => told.unnumbered.length === 1);
  expect(feed.head).toBe(9);

  // Written past the publisher, and gone before anyone could read it: only the check can find it.
  await admin.multi().xadd("events:log", "12-0", "e", "[]").xtrim("events:log", "MAXLEN", 0).exec();
  await eventually(() => feed.head === 12);
  expect(told.gaps).toEqual([{ from: 10, to: 12 }]);

  const port = Number(new URL(server.url).port);
  await server.stop("SIGKILL");
  await eventually(() => feed.status === "down");
  server = await startRedis({ port });
  await eventually(() => feed.status === "live");
  await broker.append(logEntries(10, 13));
  await eventually(() => feed.head === 13);
  expect(told.gaps).toHaveLength(1);
  expect(told.entries.at(-1)?.seq).toBe(13);

  feed.stop();
  await broker.close();
}, 120_000);
