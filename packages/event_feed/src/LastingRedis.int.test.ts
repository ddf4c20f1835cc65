import { afterEach, describe, expect, test } from "bun:test";
import { startRedis } from "../../../tests/support/testRedis.ts";
import { eventually, logEntry, recordingListener } from "./brokerContract.ts";
import { startFakeSentinel } from "./fakeSentinel.ts";
import { redisBroker } from "./redisBroker.ts";

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

describe("a failover is told while the master is looked for:", () => {
  test("commands and subscriptions find the master that comes", async () => {
    const [old, next] = [await startRedis(), await startRedis()];
    closers.push(
      () => next.stop(),
      () => old.stop(),
    );
    const sentinel = await startFakeSentinel(portOf(old.url));
    closers.push(sentinel.stop);
    const broker = redisBroker({ url: `redis+sentinel://127.0.0.1:${sentinel.port}/main` });
    closers.push(() => broker.close());
    const listener = recordingListener();
    broker.subscribe(["events"], listener);
    await broker.append([logEntry(1)]);
    await eventually(() => listener.ups === 1 && sentinel.listeners() === 2);

    sentinel.hesitate();
    await old.stop("SIGKILL");
    await eventually(() => sentinel.waiting() === 2);
    sentinel.switchTo(portOf(next.url));
    await eventually(() => sentinel.listeners() === 0);
    sentinel.answer();

    await eventually(() => listener.ups === 2);
    expect(await broker.lastSeq()).toBe(0);
    expect(await broker.append([logEntry(1)])).toBe(1);
    await eventually(() => listener.messages.length > 0);
  });
});

function portOf(url: string): number {
  return Number(new URL(url).port);
}
