import { expect, test } from "bun:test";
import { logEntries, testBrokerContract } from "./brokerContract.ts";
import { memoryBroker } from "./memoryBroker.ts";

testBrokerContract("memoryBroker", async (options) => memoryBroker(options));

test("what left the window of memoryBroker is free", async () => {
  const broker = memoryBroker({ window: 1000 });
  const kept: WeakRef<object>[] = [];
  for (let from = 1; from < 10_000; from += 500) {
    const entries = logEntries(from, from + 499);
    kept.push(...entries.map((entry) => new WeakRef(entry)));
    await broker.append(entries);
  }
  await Bun.sleep(0);
  Bun.gc(true);
  expect(kept.filter((entry) => entry.deref() !== undefined).length).toBeLessThan(5000);
  expect(await broker.lastSeq()).toBe(10_000);
});
