import { afterEach, describe, expect, mock, setSystemTime, spyOn, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import { CLIENT_7, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { openClient } from "../testing/testClient.ts";

let node: TestNode;
afterEach(async () => {
  mock.restore();
  setSystemTime();
  await node.stop();
});

describe("the token of a connection", () => {
  test("ends it with 4401 after the grace", async () => {
    node = await startNode({ TOKEN_GRACE_MS: "10" });
    const client = await openClient(node.wsUrl, await tokenFor(CLIENT_7, 1));
    expect((await client.closure()).code).toBe(4401);
  });

  test("is renewed by AUTH with one of the same user, role and shop", async () => {
    const { now } = Date;
    let ahead = 0;
    spyOn(Date, "now").mockImplementation(() => now() + ahead);
    node = await startNode();
    const [client, witness] = [await node.connect(SELLER_1), await node.connect(CLIENT_7)];
    client.send({ type: "AUTH", token: await tokenFor(SELLER_1, 3600) });
    expect((await client.next("AUTHENTICATED"))["exp"]).toBeGreaterThan(Date.now() / 1000 + 3000);
    // The tokens that both came with have ended by then.
    ahead = 1_000_000;
    expect((await witness.closure()).code).toBe(4401);
    await client.settle();
    expect(client.closed).toBeUndefined();
  });

  test.each([
    ["user", { ...SELLER_1, user_id: "13" }],
    ["role", { user_id: SELLER_1.user_id, role: "ADMIN" as const }],
    ["shop", { ...SELLER_1, seller_id: "2" }],
  ])("of another %s ends it with 4403", async (_what, other) => {
    node = await startNode();
    const client = await node.connect(SELLER_1);
    client.send({ type: "AUTH", token: await tokenFor(other) });
    expect((await client.closure()).code).toBe(4403);
  });

  test("that is no good is refused, and the old one stays", async () => {
    node = await startNode();
    const client = await node.connect(SELLER_1);
    client.send({ type: "AUTH", token: await tokenFor(SELLER_1, -100) });
    expect((await client.next("ERROR"))["code"]).toBe("INVALID_TOKEN");
    await client.settle();
    expect(client.closed).toBeUndefined();
  });
});

describe("what a client sends", () => {
  test("malformed is answered by ERROR, the third time by 4400", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    client.socket.send("{");
    client.socket.send(new Uint8Array([1, 2, 3]));
    client.socket.send('{"type":"RESUME","seq":-1}');
    expect((await client.closure()).code).toBe(4400);
    expect(client.ofType("ERROR").map(({ code }) => code)).toEqual(["MALFORMED", "MALFORMED", "MALFORMED"]);
  });

  test("of an unknown type is answered by ERROR for as long as the rate allows", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    for (let index = 0; index < 5; index += 1) await client.settle();
    expect(client.closed).toBeUndefined();
  });

  test.each([
    { type: "JOIN", room: "seller:1" },
    { type: "JOIN", room: "admin" },
    { type: "JOIN", room: "catalog without 1" },
    { type: "SUBSCRIBE", audience: "admin" },
    { type: "RESUME", seq: 0, audiences: ["admin"] },
    { type: "JOIN", room: "__proto__" },
  ])("cannot name an audience: %j", async (frame) => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    client.send(frame);
    await client.next("ERROR");
    await node.broker.publish("events", '{"type":"ADMIN_STATS_UPDATED","metadata":{}}');
    await node.broker.publish("events", '{"type":"SELLER_STATS_UPDATED","seller_id":"1","metadata":{}}');
    await node.broker.publish("events", '{"type":"NOTIFICATION_CREATED","user_id":"7","metadata":{}}');
    await client.next("NOTIFICATION_CREATED");
    expect(client.frames.map(({ type }) => type)).toEqual(["READY", "ERROR", "NOTIFICATION_CREATED"]);
  });

  test("over 16 KB ends it with 1009", async () => {
    node = await startNode();
    const client = await node.connect(CLIENT_7);
    client.socket.send("x".repeat(16 * 1024 + 1));
    expect([1006, 1009]).toContain((await client.closure()).code);
  });

  test.each(["frames", "pings"])("too fast ends it with 1008: %s", async (what) => {
    node = await startNode({ FRAME_BURST: "20" });
    const client = await node.connect(CLIENT_7);
    for (let index = 0; index < 30; index += 1) {
      if (what === "frames") client.send({ type: "RESUME", seq: 0 });
      else (client.socket as unknown as { ping(): void }).ping();
    }
    expect((await client.closure()).code).toBe(1008);
  });
});

describe("the end of a node", () => {
  test("sends clients away by RECONNECT, refuses new ones by 503, and closes the rest with 1012", async () => {
    node = await startNode({ DRAIN_MS: "300" });
    const [obedient, stubborn] = [await node.connect(CLIENT_7), await node.connect(SELLER_1)];
    // The time in which clients may leave stands still.
    setSystemTime(new Date());
    const stopped = node.stop();
    const { after_ms } = await obedient.next("RECONNECT");
    expect(after_ms).toBeLessThan(300);
    const ready = await fetch(`${node.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: "unready", waiting_for: ["draining"] }]);
    const refused = await fetch(`${node.url}/ws`, { headers: { upgrade: "websocket" } });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
    obedient.close();
    setSystemTime(new Date(Date.now() + 2000));
    expect((await stubborn.closure()).code).toBe(1012);
    await stopped;
    await node.stop();
  });

  test("a node that cannot hear the broker refuses, and after the grace sends its clients to others", async () => {
    const broker = memoryBroker();
    let down = () => {};
    node = await startNode(
      { BROKER_GRACE_MS: "50" },
      {
        ...broker,
        subscribe(channels, listener) {
          down = () => listener.onDown();
          return broker.subscribe(channels, listener);
        },
      },
    );
    const client = await node.connect(CLIENT_7);
    down();
    expect((await fetch(`${node.url}/readyz`)).status).toBe(503);
    expect((await client.closure()).code).toBe(1012);
  });

  test("a taken port is told", async () => {
    node = await startNode();
    const port = new URL(node.url).port;
    const error = await startNode({ PORT: port }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "EADDRINUSE" });
  });
});
