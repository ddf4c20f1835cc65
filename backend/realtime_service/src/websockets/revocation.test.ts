import { afterEach, describe, expect, test } from "bun:test";
import type { FeedMessage } from "@espigon/event_contracts";
import { memoryBroker } from "@espigon/event_feed";
import { ADMIN, CLIENT_7, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { orderEntries } from "../testing/orderEntry.ts";
import { rawUpgrade } from "../testing/rawUpgrade.ts";
import { openClient, until } from "../testing/testClient.ts";

let nodes: TestNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

async function start(...options: Parameters<typeof startNode>): Promise<TestNode> {
  const node = await startNode(...options);
  nodes.push(node);
  return node;
}

/** How a node answers the upgrade with a token. */
async function upgradeWith(node: TestNode, token: string) {
  const { status, body, socket } = await rawUpgrade(node.url, "/ws", {
    "Sec-WebSocket-Protocol": `espigon.v1, bearer.${token}`,
  });
  socket.destroy();
  return [status, (JSON.parse(body || "{}") as { code?: string }).code];
}

const session = (session_id: string) => ({ ...CLIENT_7, session_id });

function revoked(seq: number, session_ids: string[], whole_account = false) {
  const notice: FeedMessage & { seq: number } = {
    type: "ACCESS_REVOKED",
    user_id: CLIENT_7.user_id,
    metadata: { reason: "logout", session_ids, whole_account },
    at: new Date().toISOString(),
    seq,
  };
  return { seq, notifications: [notice] };
}

describe("a revocation", () => {
  test("ends also a socket that was being let in when it came", async () => {
    const admitted = Promise.withResolvers<undefined>();
    let claims = 0;
    const claim = () => ((claims += 1) === 1 ? Promise.resolve(undefined) : admitted.promise);
    const node = await start({}, memoryBroker(), {
      openSharedPlaces: () => ({ claim, tell: () => {}, close: () => {} }),
    });
    const early = await node.connect(session("a"));
    const late = node.connect(session("a"));
    await until(() => claims === 2, "the second claim");
    await node.broker.append([revoked(1, ["a"])]);
    expect((await early.closure()).code).toBe(4403);
    admitted.resolve(undefined);
    expect((await (await late).closure()).code).toBe(4403);
  });

  test("ends the sockets of its session on every node, and no other", async () => {
    const one = await start();
    const two = await start({}, one.broker);
    const ended = [await one.connect(session("a")), await two.connect(session("a"))];
    const others = [await one.connect(session("b")), await two.connect(CLIENT_7), await two.connect(SELLER_1)];
    await one.broker.append([revoked(1, ["a"])]);
    for (const client of ended) expect(await client.closure()).toEqual({ code: 4403, reason: "access revoked" });
    for (const client of others) await client.settle();
    expect(others.map(({ closed }) => closed)).toEqual([undefined, undefined, undefined]);
    expect(
      [...ended, ...others].flatMap(({ frames }) => frames.filter(({ type }) => type === "ACCESS_REVOKED")),
    ).toEqual([]);
  });

  test("of a whole account ends also what has no session", async () => {
    const node = await start();
    const [foreign, other] = [await node.connect(CLIENT_7), await node.connect(ADMIN)];
    await node.broker.append([revoked(1, [], true)]);
    expect((await foreign.closure()).code).toBe(4403);
    await other.settle();
  });

  test("refuses the token from then on, before the upgrade, also at a node that starts later", async () => {
    const one = await start();
    await one.broker.append([...orderEntries(1, 2), revoked(3, ["a"])]);
    await one.untilSent(3);
    const two = await start({}, one.broker);
    for (const node of [one, two]) {
      expect(await upgradeWith(node, await tokenFor(session("a")))).toEqual([401, "SESSION_REVOKED"]);
      const good = await node.connect(session("b"));
      good.send({ type: "AUTH", token: await tokenFor(session("a")) });
      expect((await good.next("ERROR"))["code"]).toBe("INVALID_TOKEN");
    }
  });

  test("published by hand counts like any other", async () => {
    const node = await start();
    const client = await node.connect(session("a"));
    const { seq: _, ...notice } = revoked(1, ["a"]).notifications[0] ?? {};
    await node.broker.publish("events", JSON.stringify(notice));
    expect((await client.closure()).code).toBe(4403);
  });
});

describe("where revocations may have been missed", () => {
  const old = { ...session("a"), issued_at: Math.floor(Date.now() / 1000) - 30 };

  test("a gap sends the holders of older tokens for newer ones", async () => {
    const broker = memoryBroker({ window: 1 });
    let cut = false;
    const node = await start({}, { ...broker, readAfter: async (...args) => (cut ? [] : broker.readAfter(...args)) });
    const [holder, newer] = [await node.connect(old), await node.connect(SELLER_1)];
    cut = true;
    await broker.append(orderEntries(1, 9));
    expect((await holder.next("RESYNC"))["reason"]).toBe("gap");
    expect((await holder.closure()).code).toBe(4401);
    await newer.settle();
    expect(await upgradeWith(node, await tokenFor(old))).toEqual([401, "TOKEN_EXPIRED"]);
    const again = await openClient(node.wsUrl, await tokenFor(session("a")));
    await again.settle();
  });

  test("a node whose window begins later than a token refuses it", async () => {
    const broker = memoryBroker({ window: 2 });
    await broker.append(orderEntries(1, 9));
    const node = await start({}, broker);
    expect(await upgradeWith(node, await tokenFor(old))).toEqual([401, "TOKEN_EXPIRED"]);
  });
});
