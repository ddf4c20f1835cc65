import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { connectForCommands } from "@espigon/event_feed";
import { createLogger } from "@espigon/service_kit";
import { startRedis, type TestRedis } from "../../../../tests/support/testRedis.ts";
import { type Admission, createAdmission } from "./admission.ts";
import { redisPlaces } from "./redisPlaces.ts";

let server: TestRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const nodes: Admission[] = [];
afterEach(() => {
  for (const node of nodes.splice(0)) node.close();
});

/** The key of the nodes' leases. */
const LEASES = "{ws:places}:nodes";

const logger = createLogger("test", "silent");

/** The admission of a node that shares its count by `url`. */
function startNode(url = server.url, limits: { perUser?: number; perAddress?: number } = {}): Admission {
  const node = createAdmission({
    limits: { total: 1000, perUser: 3, perAddress: 5, perSecond: 1000, ...limits },
    openShared: (held) => redisPlaces({ place: { url }, node: crypto.randomUUID(), held, logger }),
    now: Date.now,
  });
  nodes.push(node);
  return node;
}

const verdictOf = async (node: Admission, user: string, address = user) => {
  const verdict = await node.admit(user, address);
  return verdict.kind === "admitted" ? "admitted" : verdict.limit;
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("the awaited state did not come");
    await Bun.sleep(50);
  }
}

test("a user's and an address's sockets are counted over all nodes, and only theirs", async () => {
  const [one, two] = [startNode(), startNode()];
  expect(await Promise.all([verdictOf(one, "a"), verdictOf(two, "a"), verdictOf(one, "a")])).toEqual([
    "admitted",
    "admitted",
    "admitted",
  ]);
  expect(await Promise.all([verdictOf(one, "a"), verdictOf(two, "a"), verdictOf(two, "b")])).toEqual([
    "user",
    "user",
    "admitted",
  ]);
  for (const user of ["c", "d", "e", "f", "g"]) expect(await verdictOf(one, user, "home")).toBe("admitted");
  expect(await verdictOf(two, "h", "home")).toBe("address");
});

test("a place that was given back is free on every node", async () => {
  const [one, two] = [startNode(), startNode()];
  for (let count = 0; count < 3; count += 1) expect(await verdictOf(one, "i")).toBe("admitted");
  expect(await verdictOf(two, "i")).toBe("user");
  one.release("i", "i");
  // Given back over a connection of its own, without waiting.
  await until(async () => (await verdictOf(two, "i")) === "admitted");
  expect(await verdictOf(one, "i")).toBe("user");
});

test("100 sockets at once on two nodes get as many places as there are", async () => {
  const pair = [
    startNode(server.url, { perUser: 30, perAddress: 1000 }),
    startNode(server.url, { perUser: 30, perAddress: 1000 }),
  ];
  const verdicts = await Promise.all(
    Array.from({ length: 100 }, (_, index) => verdictOf(pair[index % 2] ?? startNode(), "j")),
  );
  const admitted = verdicts.filter((verdict) => verdict === "admitted");
  // Two claims at once may each count the other's: never too many, at worst one too few.
  expect(admitted.length).toBeWithin(29, 31);
});

test("what a stopped node held is free", async () => {
  const [one, two] = [startNode(), startNode()];
  for (let count = 0; count < 3; count += 1) await verdictOf(one, "k");
  one.close();
  await until(async () => (await verdictOf(two, "k")) === "admitted");
});

test("what Redis has forgotten is told again", async () => {
  const own = await startRedis();
  const [one, two] = [startNode(own.url), startNode(own.url)];
  for (let count = 0; count < 3; count += 1) await verdictOf(one, "l");
  for (const user of ["o", "p", "q", "r", "s"]) await verdictOf(one, user, "harbour");
  const port = Number(new URL(own.url).port);
  await own.stop("SIGKILL");
  const back = await startRedis({ port });
  await until(async () => {
    const verdict = await verdictOf(two, "l");
    if (verdict === "admitted") two.release("l", "l");
    return verdict === "user";
  });
  await until(async () => {
    const verdict = await verdictOf(two, "t", "harbour");
    if (verdict === "admitted") two.release("t", "harbour");
    return verdict === "address";
  });
  await back.stop();
});

test("what a node held counts again when it comes back after its lease has ended", async () => {
  const own = await startRedis();
  const redis = connectForCommands({ url: own.url });
  const [one, two] = [startNode(own.url), startNode(own.url)];
  for (let count = 0; count < 3; count += 1) await verdictOf(one, "n");
  // As after 15 s without a renewal, frozen or cut off from Redis: meanwhile others take it for gone.
  await until(async () => {
    for (const node of await redis.zrange(LEASES, 0, "-1"))
      await redis.zadd(LEASES, "XX", String(Date.now() - 1000), node);
    return (await verdictOf(two, "n")) === "admitted";
  });
  two.release("n", "n");
  await until(async () => {
    const verdict = await verdictOf(two, "n");
    if (verdict === "admitted") two.release("n", "n");
    return verdict === "user";
  });
  redis.disconnect();
  await own.stop();
});

test("without Redis a node keeps to its own count", async () => {
  const one = startNode("redis://127.0.0.1:1");
  for (let count = 0; count < 3; count += 1) expect(await verdictOf(one, "m")).toBe("admitted");
  expect(await verdictOf(one, "m")).toBe("user");
});
