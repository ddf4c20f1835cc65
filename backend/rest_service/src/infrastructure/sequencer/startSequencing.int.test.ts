import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Broker, redisBroker } from "@espigon/event_feed";
import { redisServerPath, startRedis, type TestRedis } from "../../../../../tests/support/testRedis.ts";
import { startTestSequencing } from "../../testing/startTestSequencing.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { WAKE_CHANNEL } from "./createWaker.ts";
import type { Sequencing } from "./startSequencing.ts";

setDefaultTimeout(60_000);

describe.skipIf(redisServerPath === undefined)("over a real Redis", () => {
  let database: TestMarketplace;
  let redis: TestRedis;
  let broker: Broker;
  let leader: Sequencing;

  beforeAll(async () => {
    database = await createTestMarketplace();
    redis = await startRedis();
    broker = redisBroker({ url: redis.url });
    leader = start();
  });
  afterAll(async () => {
    await leader.stop();
    await broker.close();
    await redis.stop();
    await database.close();
  });

  test("a Redis that comes back empty gets the log again, though nothing new happens", async () => {
    await append(3);
    await waitUntil("all are published", () => published(3));
    const port = Number(new URL(redis.url).port);
    await redis.stop("SIGKILL");
    redis = await startRedis({ port });
    await waitUntil("all are published again", () => published(3));
    expect((await broker.readAfter(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test("events are numbered while Redis is away, and published when it is back", async () => {
    const port = Number(new URL(redis.url).port);
    await redis.stop("SIGKILL");
    await append(4);
    await waitUntil("all are numbered", async () => (await head()) === 7);
    redis = await startRedis({ port });
    await waitUntil("all are published", () => published(7));
    expect((await broker.readAfter(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("an instance that does not lead wakes the leader over Redis, and once for many commits", async () => {
    const woken: string[] = [];
    let up = false;
    const unsubscribe = broker.subscribe([WAKE_CHANNEL], {
      onMessage: (channel) => woken.push(channel),
      onUp: () => (up = true),
      onDown: () => {},
    });
    const follower = start();
    await waitUntil("it listens and the first leads", () => up && leader.isLeading() && !follower.isLeading());
    for (let commit = 0; commit < 100; commit += 1) follower.committed();
    await waitUntil("the message has come", () => woken.length > 0);
    await follower.stop();
    unsubscribe();
    expect(woken.length).toBeLessThanOrEqual(2);
  });

  function start(): Sequencing {
    return startTestSequencing(database, broker);
  }

  async function published(seq: number): Promise<boolean> {
    return (await broker.lastSeq().catch(() => 0)) === seq;
  }

  async function head(): Promise<number> {
    const { rows } = await database.pool.query<{ seq: number }>("select seq from event_head");
    return rows[0]?.seq ?? 0;
  }

  async function append(count: number): Promise<void> {
    await database.pool.query(
      `insert into outbox_pending (type, actor, client_id, metadata, payload)
        select 'CLIENT_REGISTERED', '{"role": "SYSTEM"}', n, '{"action": "client_registered"}', '{"user_id": "7"}'
        from generate_series(1, $1) n`,
      [count],
    );
    leader.committed();
  }
});
