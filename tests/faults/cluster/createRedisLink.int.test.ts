import { expect, test } from "bun:test";
import { type Broker, redisBroker } from "@espigon/event_feed";
import { startFaultProxy } from "../proxy/startFaultProxy.ts";
import { redisServerPath } from "../../support/testRedis.ts";
import { until } from "../support/until.ts";
import { createRedisLink } from "./createRedisLink.ts";
import { redisWithReplica } from "./redisWithReplica.ts";

test.skipIf(redisServerPath === undefined)(
  "whom sentinels lead to the master has no way past its link",
  async () => {
    const closers: (() => unknown)[] = [];
    try {
      const redis = await redisWithReplica();
      closers.push(redis.stop);
      const open = async () => {
        const link = await createRedisLink(redis, async (options) => {
          const proxy = await startFaultProxy({ ...options, random: () => 0 });
          closers.push(() => proxy.stop());
          return proxy;
        });
        const broker = redisBroker({ url: link.url });
        closers.push(() => broker.close());
        return { link, broker };
      };
      const [one, other] = [await open(), await open()];
      const answers = (broker: Broker) => broker.lastSeq().then(Boolean, () => false);

      await one.broker.append([{ seq: 1, notifications: [] }]);
      await redis.failOver?.("killed");
      await until("both have found the new master", async () => (await answers(one.broker)) && answers(other.broker));
      one.link.down();
      await until("the link is down", async () => !(await answers(one.broker)));
      expect(await answers(one.broker)).toBe(false);
      expect(await answers(other.broker)).toBe(true);
    } finally {
      for (const close of closers.toReversed()) await close();
    }
  },
  120_000,
);
