import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { connectForCommands } from "@espigon/event_feed";
import { redisServerPath, startRedis, type TestRedis } from "../../../../tests/support/testRedis.ts";
import { createAttemptLimiter } from "../application/attemptLimiter.ts";
import { silentLogger } from "../testing/silentLogger.ts";
import { waitUntil } from "../testing/waitUntil.ts";
import { redisAttempts } from "./redisAttempts.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

type NodeOptions = { readonly limit?: number; readonly windowMs?: number; readonly patienceMs?: number };

/**
 * The limiter of a node that counts by `url`; `shares` tells whether it counts with the others by now. It waits for its
 * count as long as a loaded machine may take, unless told otherwise.
 */
function startNode(url: string, { limit = 3, windowMs = 60_000, patienceMs = 20_000 }: NodeOptions = {}) {
  const shared = redisAttempts({ place: { url }, logger: silentLogger, patienceMs });
  ends.push(() => shared.close());
  const limiter = createAttemptLimiter({ name: "logins", limit, windowMs, maxKeys: 1000, shared, now: Date.now });
  const shares = async () => {
    const probe = `probe ${crypto.randomUUID()}`;
    await shared.take(probe, { limit: 1, windowMs: 60_000 });
    return (await shared.take(probe, { limit: 1, windowMs: 60_000 })) > 0;
  };
  return { ...limiter, shares, untilItShares: () => waitUntil("the node counts with the others", shares) };
}

type Node = ReturnType<typeof startNode>;

/** Two of them, when both count with each other. */
async function startPair(url: string, options: NodeOptions = {}): Promise<[Node, Node]> {
  const pair: [Node, Node] = [startNode(url, options), startNode(url, options)];
  await Promise.all(pair.map((node) => node.untilItShares()));
  return pair;
}

const passes = async (node: Node, key: string) => (await node.take(key)) === 0;

describe.skipIf(redisServerPath === undefined)("attempts over all nodes", () => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  test("are as many as one node would allow, per key", async () => {
    const [one, two] = await startPair(server.url);
    expect([await one.take("a"), await two.take("a"), await one.take("a")]).toEqual([0, 0, 0]);
    for (const node of [one, two, two]) expect(await node.take("a")).toBeWithin(1, 61);
    expect(await two.take("b")).toBe(0);
  });

  test("that are given back on one node are free on the other", async () => {
    const [one, two] = await startPair(server.url);
    for (let i = 0; i < 3; i++) await one.take("c");
    expect(await passes(two, "c")).toBe(false);
    one.giveBack("c");
    await waitUntil("an attempt is free", () => passes(two, "c"));
    expect(await passes(one, "c")).toBe(false);
  });

  test("at the same time are no more than the limit", async () => {
    const [one, two] = await startPair(server.url, { limit: 30 });
    const waits = await Promise.all(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? one : two).take("d")));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(30);
  });

  test("begin anew when the window is over", async () => {
    const [one, two] = await startPair(server.url, { limit: 1, windowMs: 500 });
    await one.take("e");
    await waitUntil("the window is over", () => passes(two, "e"));
  });

  test("are kept without the e-mail, and not longer than their window", async () => {
    const [one] = await startPair(server.url);
    await one.take("ana@espigon.test 203.0.113.1");
    const redis = connectForCommands({ url: server.url });
    ends.push(() => redis.disconnect());
    const keys = await redis.keys("*");
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatch(/^attempts:[\w-]{43}$/);
      const left = await redis.pttl(key);
      // -1: for ever. One of a shorter window may have ended meanwhile, which is -2.
      expect(left).not.toBe(-1);
      expect(left).toBeLessThanOrEqual(60_000);
    }
  });

  test("are each node's own while Redis is gone, and counted together when it is back", async () => {
    const own = await startRedis();
    const [one, two] = await startPair(own.url);
    for (let i = 0; i < 2; i++) await one.take("f");
    await own.stop("SIGKILL");
    expect([await passes(one, "f"), await passes(one, "f")]).toEqual([true, false]);
    one.giveBack("f");
    expect(await passes(one, "f")).toBe(true);
    for (let i = 0; i < 3; i++) expect(await passes(two, "f")).toBe(true);
    expect(await passes(two, "f")).toBe(false);

    const back = await startRedis({ port: Number(new URL(own.url).port) });
    ends.push(() => void back.stop());
    await Promise.all([one, two].map((node) => node.untilItShares()));
    for (const node of [one, two]) expect(await passes(node, "f")).toBe(false);
    for (const node of [one, two, one]) expect(await passes(node, "g")).toBe(true);
    expect(await passes(two, "g")).toBe(false);
  }, 120_000);

  test("go on by each node's own count while Redis is silent", async () => {
    const own = await startRedis();
    const [one] = await startPair(own.url, { patienceMs: 250 });
    process.kill(own.pid, "SIGSTOP");
    for (let i = 0; i < 3; i++) expect(await passes(one, "h")).toBe(true);
    expect(await passes(one, "h")).toBe(false);
    process.kill(own.pid, "SIGCONT");
    await one.untilItShares();
    await own.stop();
  }, 120_000);
});

test("without Redis a node keeps to its own count", async () => {
  const one = startNode("redis://127.0.0.1:1");
  for (let i = 0; i < 3; i++) expect(await passes(one, "i")).toBe(true);
  expect(await passes(one, "i")).toBe(false);
});
