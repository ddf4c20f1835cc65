import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { type Broker, createFeed, type Feed, type Gap, redisBroker, type Restart } from "@espigon/event_feed";
import { Redis } from "ioredis";
import { startRedisCluster } from "../../../../../tests/support/redisCluster.ts";
import { cutReplication, type RedisProcess } from "../../../../../tests/support/redisProcess.ts";
import { startRedisWithSentinels } from "../../../../../tests/support/redisWithSentinels.ts";
import { redisServerPath } from "../../../../../tests/support/testRedis.ts";
import { startTestSequencing } from "../../testing/startTestSequencing.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import type { Sequencing } from "./startSequencing.ts";

type Heard = { readonly seqs: number[]; readonly gaps: Gap[]; readonly restarts: Restart[] };

setDefaultTimeout(90_000);

describe.skipIf(redisServerPath === undefined)("when the Redis that has the log is killed", () => {
  let database: TestMarketplace;
  let closers: (() => Promise<void> | void)[] = [];

  beforeEach(async () => {
    database = await createTestMarketplace();
    closers = [() => database.close()];
  });
  afterEach(async () => {
    for (const close of closers.toReversed()) await close();
  });

  test("and a sentinel's replica takes over without its newest events, they come back from the database", async () => {
    const redis = await startRedisWithSentinels();
    closers.push(redis.stop);
    await loseTheTail(redis.url, redis.master, redis.replica);
  });

  test("and a cluster's replica takes over without its newest events, they come back; then the slot moves", async () => {
    const redis = await startRedisCluster("events:log");
    closers.push(redis.stop);
    const { feed, heard } = await loseTheTail(redis.url, redis.owner, redis.replica);

    const [target] = redis.others;
    if (target === undefined) throw new Error("there is no other master");
    const head = feed.head;
    const appending = Promise.all(Array.from({ length: 20 }, () => append(5)));
    await redis.migrate(redis.replica, target);
    await appending;
    await waitUntil("the feed has it all", () => feed.head === head + 100);
    expect(await target.call("EXISTS", "events:log")).toBe(1);
    expect(heard.seqs).toEqual(range(head + 100));
    expect(heard.gaps).toEqual([]);
    expect(heard.restarts).toEqual([]);
  });

  /** 20 events that the replica has, 30 that only the master has and that were heard; then the master is gone. */
  async function loseTheTail(url: string, master: RedisProcess, replica: RedisProcess) {
    const { broker, leader } = startLeader(url);
    const { feed, heard } = startNode(url);
    await append(20);
    await waitUntil("the replica has them", async () => (await lastSeqIn(replica)) === 20);
    await waitUntil("the feed has them", () => feed.head === 20);

    await cutReplication(master, replica);
    await append(30);
    await waitUntil("the feed has more than the replica", () => feed.head === 50);
    expect(await lastSeqIn(replica)).toBe(20);
    await master.kill();
    await append(50);
    await waitUntil("the feed has it all", () => feed.head === 100);

    expect(heard.seqs).toEqual(range(100));
    expect(heard.gaps).toEqual([]);
    expect(heard.restarts).toEqual([]);
    expect((await broker.readAfter(0, 1_000)).map(({ seq }) => seq)).toEqual(range(100));
    expect(await lastSeqIn(replica)).toBe(100);
    expect(leader.isLeading()).toBe(true);
    await waitUntil("the node is live again", () => feed.status === "live");
    let rung = false;
    const unsubscribe = broker.subscribe(["ws:room:*"], {
      onMessage: () => (rung = true),
      onUp: () => {},
      onDown: () => {},
    });
    closers.push(unsubscribe);
    await waitUntil("unnumbered messages pass as well", async () => {
      await broker.publish("ws:room:order-1", "{}").catch(() => {});
      return rung;
    });
    return { feed, heard };
  }

  function startLeader(url: string): { broker: Broker; leader: Sequencing } {
    const broker = redisBroker({ url });
    const leader = startTestSequencing(database, broker);
    closers.push(
      () => broker.close(),
      () => leader.stop(),
    );
    return { broker, leader };
  }

  function startNode(url: string): { feed: Feed; heard: Heard } {
    const broker = redisBroker({ url });
    const heard: Heard = { seqs: [], gaps: [], restarts: [] };
    const feed = createFeed({
      broker,
      listener: {
        onEntry: ({ seq }) => void heard.seqs.push(seq),
        onGap: (gap) => void heard.gaps.push(gap),
        onRestart: (restart) => void heard.restarts.push(restart),
        onUnnumbered: () => {},
      },
    });
    feed.start();
    closers.push(
      () => broker.close(),
      () => feed.stop(),
    );
    return { feed, heard };
  }

  async function append(count: number): Promise<void> {
    await database.pool.query(
      `insert into outbox_pending (type, actor, client_id, metadata, payload)
        select 'CLIENT_REGISTERED', '{"role": "SYSTEM"}', n, '{"action": "client_registered"}', '{"user_id": "7"}'
        from generate_series(1, $1) n`,
      [count],
    );
  }
});

/** What this very server has of the log, master or not. */
async function lastSeqIn({ port }: RedisProcess): Promise<number> {
  const client = new Redis({ port });
  try {
    // Lets a cluster's replica answer for itself; a server without a cluster does not know it.
    await client.readonly().catch(() => {});
    const [last] = await client.xrevrange("events:log", "+", "-", "COUNT", 1);
    return Number.parseInt(last?.[0] ?? "0", 10);
  } finally {
    client.disconnect();
  }
}

function range(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
