import { afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { freePort } from "../../../tests/support/freePort.ts";
import { startRedisCluster } from "../../../tests/support/redisCluster.ts";
import { redisServerPath, startRedis } from "../../../tests/support/testRedis.ts";
import { eventually, logEntries, recordingListener } from "./brokerContract.ts";
import { startFakeSentinel } from "./fakeSentinel.ts";
import { redisBroker } from "./redisBroker.ts";
import { type RedisPlace, redisNat } from "./redisPlace.ts";

setDefaultTimeout(60_000);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function open(place: RedisPlace) {
  const lines: string[] = [];
  const logger = { info() {}, warn: (details: object, text: string) => lines.push(JSON.stringify([text, details])) };
  const broker = redisBroker({ ...place, logger });
  const listener = recordingListener();
  broker.subscribe(["events"], listener);
  closers.push(() => broker.close());
  return { broker, listener, said: (what: string) => lines.some((line) => line.includes(what)) };
}

async function startSilentServer(): Promise<number> {
  const server = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
  closers.push(() => server.close());
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

describe.skipIf(redisServerPath === undefined)(
  "a master that is announced by an address that does not lead there",
  () => {
    test.each([
      ["refuses", freePort],
      ["is silent", startSilentServer],
    ])("is named in the log when that %s", async (_, announce) => {
      const port = await announce();
      const sentinel = await startFakeSentinel(port);
      closers.push(sentinel.stop);
      const { broker, listener, said } = open({ url: `redis+sentinel://127.0.0.1:${sentinel.port}/main` });
      expect(await broker.append(logEntries(1, 1)).catch(() => "rejected")).toBe("rejected");
      await eventually(() => said("connection failed") && said("subscription failed"));
      expect(said(`"announced_master":"127.0.0.1:${port}"`)).toBe(true);
      expect(listener.ups).toBe(0);
    });

    test("is reached by REDIS_NAT, and so is its successor", async () => {
      const [old, next, oldName, nextName] = [
        await startRedis(),
        await startRedis(),
        await freePort(),
        await freePort(),
      ];
      closers.push(
        () => next.stop(),
        () => old.stop(),
      );
      const sentinel = await startFakeSentinel(oldName);
      closers.push(sentinel.stop);
      const nat = redisNat(
        `127.0.0.1:${oldName}=${new URL(old.url).host},127.0.0.1:${nextName}=${new URL(next.url).host}`,
      );
      const { broker, listener } = open({ url: `redis+sentinel://127.0.0.1:${sentinel.port}/main`, nat });
      await eventually(() => listener.ups === 1);
      expect(await broker.append(logEntries(1, 2))).toBe(2);
      await old.stop("SIGKILL");
      sentinel.switchTo(nextName);
      await eventually(() => listener.ups === 2);
      expect(await broker.lastSeq()).toBe(0);
    });

    test("in a cluster: the log names the node, and REDIS_NAT leads to it", async () => {
      const redis = await startRedisCluster("events:log", { announced: "inside.invalid" });
      closers.push(redis.stop);
      const { broker, said } = open({ url: redis.url });
      expect(await broker.append(logEntries(1, 1)).catch(() => "rejected")).toBe("rejected");
      await eventually(() => said('"node":"inside.invalid:'));

      const nat = redisNat(redis.ports.map((port) => `inside.invalid:${port}=127.0.0.1:${port}`).join(","));
      const reaching = open({ url: redis.url, nat });
      await eventually(() => reaching.listener.ups === 1);
      expect(await reaching.broker.append(logEntries(1, 2))).toBe(2);
    });
  },
);
