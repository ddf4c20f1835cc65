import { afterEach, describe, expect, test } from "bun:test";
import { HEARTBEAT_MS, STREAM_HEARTBEAT_MS } from "@espigon/event_contracts";
import { HARMLESS_HEADERS } from "@espigon/service_kit";
import { ADMIN, CLIENT_7, SELLER_1, SELLER_2, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { orderEntries, orderEntry } from "../testing/orderEntry.ts";
import { openSse, type SseClient } from "../testing/sseClient.ts";
import { until } from "../testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

type Who = Parameters<typeof tokenFor>[0];
const open = async (who: Who, headers?: Record<string, string>, query = "") =>
  openSse(`${node.url}/sse${query}`, await tokenFor(who), headers);
/** What a stream was told, but for its signs of life. */
const typesOf = ({ messages }: SseClient) =>
  messages.map(({ data }) => (data as { type: string }).type).filter((type) => type !== "HEAD");

describe("a stream", () => {
  test("greets with READY and carries exactly the frames of its audiences, with their seq as id", async () => {
    node = await startNode();
    const [seller, other, client, admin] = [
      await open(SELLER_1),
      await open(SELLER_2),
      await open(CLIENT_7),
      await open(ADMIN),
    ];
    expect(await seller.next("READY")).toMatchObject({ audiences: ["seller:1", "user:11"], id: undefined });
    await node.broker.append([orderEntry(1)]);
    expect(await seller.next("SELLER_STATS_UPDATED")).toMatchObject({ seller_id: "1", seq: 1, id: "1" });
    expect(await seller.next("ORDER_UPDATED")).toMatchObject({ id: "1" });
    expect(await client.next("ORDER_UPDATED")).toMatchObject({ client_id: "7", id: "1" });
    expect(await admin.next("ADMIN_STATS_UPDATED")).toMatchObject({ id: "1" });
    await node.broker.publish("events", '{"type":"SELLER_STATS_UPDATED","seller_id":"2","metadata":{}}');
    expect((await other.next("SELLER_STATS_UPDATED")).id).toBeUndefined();
    expect([other, client, admin].map(typesOf)).toEqual([
      ["READY", "SELLER_STATS_UPDATED"],
      ["READY", "ORDER_UPDATED"],
      ["READY", "ADMIN_STATS_UPDATED"],
    ]);
    for (const stream of [seller, other, client, admin]) stream.close();
  });

  test("resumes from Last-Event-ID, whose seq is told again", async () => {
    node = await startNode();
    await node.broker.append(orderEntries(1, 4));
    await node.untilSent(4);
    const stream = await open(SELLER_1, { "last-event-id": "3" });
    const dirty = await stream.next("DIRTY");
    expect(dirty).toMatchObject({ since: 2, seq: 4, id: "4" });
    expect((dirty["events"] as { seq: number }[]).map(({ seq }) => seq)).toEqual([3, 4, 4]);
    expect(typesOf(stream)).toEqual(["READY", "DIRTY"]);
    const ahead = await open(SELLER_1, { "last-event-id": "900" });
    expect(await ahead.next("RESYNC")).toMatchObject({ reason: "unknown_seq" });
    stream.close();
    ahead.close();
  });

  test.each([
    ["/sse", 200],
    ["/sse", 401],
    ["/ws", 426],
    ["/nowhere", 404],
  ])("%s with %d can do a browser no harm, as all that is answered over HTTP", async (path, status) => {
    node = await startNode();
    const headers: Record<string, string> =
      status === 200 ? { authorization: `Bearer ${await tokenFor(CLIENT_7)}` } : {};
    const answer = await fetch(node.url + path, { headers });
    expect(answer.status).toBe(status);
    expect(Object.fromEntries(answer.headers)).toMatchObject(HARMLESS_HEADERS);
    await answer.body?.cancel();
  });

  test("joins the catalogue, and no other room", async () => {
    node = await startNode();
    const stream = await open(CLIENT_7, {}, "?room=catalog");
    expect(await stream.next("JOINED")).toMatchObject({ room: "catalog" });
    await node.broker.publish("events", '{"type":"PRODUCT_UPDATED","seller_id":"2","metadata":{"product_id":"9"}}');
    await node.broker.publish("ws:room:catalog", '{"two":\n"lines"}');
    await stream.next("PRODUCT_UPDATED");
    expect(await stream.next("ROOM_MESSAGE")).toMatchObject({ payload: { two: "lines" } });
    expect(open(CLIENT_7, {}, "?room=order-9")).rejects.toThrow("403");
    stream.close();
  });

  test("shows signs of life more often than a socket has to, since its reader cannot ask for one", async () => {
    node = await startNode();
    const [stream, socket] = [await open(SELLER_1), await node.connect(SELLER_1)];
    expect((await stream.next("READY"))["heartbeat_ms"]).toBe(STREAM_HEARTBEAT_MS);
    expect(socket.frames[0]?.["heartbeat_ms"]).toBe(HEARTBEAT_MS);
    await stream.next("HEAD");
    expect(socket.ofType("HEAD")).toEqual([]);
    stream.close();
  });

  test("has its heartbeat", async () => {
    node = await startNode({ HEARTBEAT_MS: "200" });
    const stream = await open(CLIENT_7);
    expect(await stream.next("HEAD")).toMatchObject({ audiences: { "client:7": 0, "user:7": 0 } });
    await stream.next("HEAD");
    stream.close();
  });
});

describe("a stream ends", () => {
  test("with 4401 when its token has expired", async () => {
    node = await startNode({ TOKEN_GRACE_MS: "10" });
    const stream = await openSse(`${node.url}/sse`, await tokenFor(CLIENT_7, 1));
    expect(await stream.closure()).toEqual({ code: 4401, reason: "token expired" });
  });

  test("with 4403 when its session was revoked", async () => {
    node = await startNode();
    const stream = await open({ ...CLIENT_7, session_id: "a" });
    const metadata = { reason: "logout" as const, session_ids: ["a"], whole_account: false };
    await node.broker.append([{ seq: 1, notifications: [{ type: "ACCESS_REVOKED", user_id: "7", metadata, seq: 1 }] }]);
    expect(await stream.closure()).toMatchObject({ code: 4403 });
  });

  test("with RECONNECT and 1012 when the node leaves", async () => {
    node = await startNode({ DRAIN_MS: "100" });
    const stream = await open(CLIENT_7);
    const stopped = node.stop();
    await stream.next("RECONNECT");
    expect(await stream.closure()).toMatchObject({ code: 1012 });
    await stopped;
  });

  test("and gives its place back when its reader goes", async () => {
    node = await startNode({ MAX_SOCKETS_PER_USER: "1" });
    const stream = await open(CLIENT_7);
    await stream.next("READY");
    expect(open(CLIENT_7)).rejects.toThrow("429");
    stream.close();
    let again: SseClient | undefined;
    await until(
      async () => (again = await open(CLIENT_7).catch(() => undefined)) !== undefined,
      "room for another stream",
    );
    again?.close();
  });
});

describe("a request for a stream", () => {
  test.each([
    ["no token", 401, "UNAUTHENTICATED", {}],
    ["a bad token", 401, "UNAUTHENTICATED", { authorization: "Bearer a.b.c" }],
    ["a foreign origin", 403, "FORBIDDEN", { origin: "https://evil.test" }],
    ["a Last-Event-ID that is no seq", 400, "INVALID_INPUT", { "last-event-id": "-1" }],
  ])("with %s is refused", async (_what, status, code, headers) => {
    node = await startNode();
    const answer = await fetch(`${node.url}/sse`, { headers: headers as Record<string, string> });
    expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
  });

  test("takes no token from the address unless that is allowed", async () => {
    node = await startNode();
    const url = `${node.url}/sse?token=${await tokenFor(CLIENT_7)}`;
    expect((await fetch(url)).status).toBe(401);
    await node.stop();
    node = await startNode({ ALLOW_QUERY_TOKEN: "true" });
    const abort = new AbortController();
    const answer = await fetch(`${node.url}/sse?token=${await tokenFor(CLIENT_7)}`, { signal: abort.signal });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    // Else a cache would keep it, and nginx collect it.
    expect([answer.headers.get("cache-control"), answer.headers.get("x-accel-buffering")]).toEqual(["no-store", "no"]);
    abort.abort();
  });

  test("from an allowed page passes its preflight; others get no word of permission", async () => {
    node = await startNode();
    const ask = (origin: string) => fetch(`${node.url}/sse`, { method: "OPTIONS", headers: { origin } });
    const allowed = await ask("http://localhost:5173");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "http://localhost:5173",
    ]);
    expect(allowed.headers.get("access-control-allow-headers")).toBe("authorization, last-event-id");
    expect((await ask("https://evil.test")).headers.get("access-control-allow-origin")).toBeNull();
    const refused = await fetch(`${node.url}/sse`, { headers: { origin: "http://localhost:5173" } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
      401,
      "http://localhost:5173",
    ]);
  });
});
