import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Redis } from "ioredis";
import { freePort } from "../../../tests/support/freePort.ts";
import { startRedis, type TestRedis } from "../../../tests/support/testRedis.ts";
import { eventually, logEntries, recordingListener, testBrokerContract } from "./brokerContract.ts";
import { redisBroker } from "./redisBroker.ts";

let server: TestRedis;
let admin: Redis;

beforeAll(async () => {
  server = await startRedis();
  admin = new Redis(server.url);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

testBrokerContract("redisBroker", async (options) => {
  await admin.flushall();
  return redisBroker({ url: server.url, ...options });
});

describe("redisBroker", () => {
  test("writes the stream that the contract names, one entry a seq", async () => {
    await admin.flushall();
    const broker = redisBroker({ url: server.url });
    await broker.append(logEntries(7, 7, 2));
    const [row] = await admin.xrange("events:log", "-", "+");
    expect(row?.[0]).toBe("7-0");
    expect(row?.[1][0]).toBe("e");
    expect(JSON.parse(row?.[1][1] ?? "")).toEqual(logEntries(7, 7, 2)[0]?.notifications);
    await broker.close();
  });

  test("stays fenced when the entries were trimmed away, and is free again when the stream was deleted", async () => {
    await admin.flushall();
    const broker = redisBroker({ url: server.url });
    await broker.append(logEntries(1, 9));
    await admin.xtrim("events:log", "MAXLEN", 0);
    expect(await broker.lastSeq()).toBe(9);
    expect(await broker.append(logEntries(8, 10))).toBe(10);
    await admin.del("events:log");
    expect(await broker.lastSeq()).toBe(0);
    expect(await broker.append(logEntries(3, 4))).toBe(4);
    await broker.close();
  });

  test("goes on in a log that was emptied behind its back only after it has looked", async () => {
    await admin.flushall();
    const broker = redisBroker({ url: server.url });
    await broker.append(logEntries(1, 9));
    await admin.flushall();
    expect(await broker.append(logEntries(10, 10)).catch(String)).toContain("LogGapError");
    expect(await broker.lastSeq()).toBe(0);
    expect(await broker.append(logEntries(5, 10))).toBe(10);
    await broker.close();
  });

  test("an entry that somebody else wrote is a hole, not a notification", async () => {
    await admin.flushall();
    const broker = redisBroker({ url: server.url });
    await admin.xadd("events:log", "1-0", "e", "nonsense");
    await admin.xadd("events:log", "2-0", "x", "[]");
    await admin.xadd("events:log", "3-0", "e", '[{"type":"ADMIN_STATS_UPDATED","seq":99}]');
    await broker.append(logEntries(4, 4));
    expect((await broker.readAfter(0, 10)).map(({ seq }) => seq)).toEqual([4]);
    await broker.close();
  });

  test("a cut subscription tells that it was down, and hears again", async () => {
    const broker = redisBroker({ url: server.url });
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    await eventually(() => listener.ups === 1);
    await admin.call("CLIENT", "KILL", "TYPE", "pubsub");
    await eventually(() => listener.downs === 1 && listener.ups === 2);
    await broker.publish("events", "again");
    await eventually(() => listener.messages.length === 1);
    await broker.close();
  });

  test("while Redis is frozen, calls reject and subscriptions are down; afterwards they work", async () => {
    const port = await freePort();
    const frozen = await startRedis({ port });
    const broker = redisBroker({ url: frozen.url });
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    await broker.append(logEntries(1, 1));
    await eventually(() => listener.ups === 1);
    process.kill(frozen.pid, "SIGSTOP");
    expect(await broker.lastSeq().catch(() => "rejected")).toBe("rejected");
    await eventually(() => listener.downs === 1);
    process.kill(frozen.pid, "SIGCONT");
    await eventually(async () => (await broker.lastSeq().catch(() => 0)) === 1);
    await eventually(() => listener.ups === 2);
    await broker.close();
    await frozen.stop();
  });

  test("where no Redis listens, calls reject and subscriptions stay down", async () => {
    const broker = redisBroker({ url: `redis://127.0.0.1:${await freePort()}` });
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    expect(await broker.append(logEntries(1, 1)).catch(() => "rejected")).toBe("rejected");
    expect(listener).toMatchObject({ ups: 0, downs: 0 });
    await broker.close();
  });
});
