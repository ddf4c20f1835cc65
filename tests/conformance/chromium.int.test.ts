import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startFaultProxy } from "../faults/proxy/startFaultProxy.ts";
import { type ConformanceNode, startConformanceNode } from "./conformanceNode.ts";
import { probe } from "./frame.ts";
import { type Chromium, chromiumPath, type Site, startChromium } from "./interop/chromium.ts";
import { type NativeSocket, openEventSource, openWebSocket, type Received } from "./interop/nativeSocket.ts";
import { until } from "./rawSocket.ts";

const WORDS = "atún, ñandú, κόσμε, 魚市場, 🐟👩‍🚀";

describe.skipIf(chromiumPath === undefined)("Chromium, by what its pages have themselves:", () => {
  let chromium: Chromium;
  let own: Site;
  let foreign: Site;
  let node: ConformanceNode;
  let seq = 0;

  beforeAll(async () => {
    chromium = await startChromium();
    own = chromium.site();
    foreign = chromium.site();
    node = await startConformanceNode({ ALLOWED_ORIGINS: own.origin, ALLOW_QUERY_TOKEN: "true", DRAIN_MS: "200" });
  }, 60_000);
  afterAll(async () => {
    await chromium.stop();
    await node.stop();
  });

  const wsUrl = () => `${node.url.replace("http", "ws")}/ws`;
  const subprotocols = async () => ["espigon.v1", `bearer.${await node.token()}`];
  const open = async (site = own) => openWebSocket(await site.open(), wsUrl(), await subprotocols());

  /** Waits until what the page has got satisfies `condition`. */
  async function untilReceived(
    socket: Pick<NativeSocket, "received">,
    what: string,
    condition: (received: Received) => boolean,
  ): Promise<Received> {
    let received = await socket.received();
    await until(async () => condition((received = await socket.received())), what);
    return received;
  }
  const untilFrame = (socket: Pick<NativeSocket, "received">, type: string) =>
    untilReceived(socket, type, ({ frames }) => frames.some((frame) => frame.type === type));
  const untilClosed = (socket: Pick<NativeSocket, "received">) =>
    untilReceived(socket, "the close", ({ closed }) => closed !== undefined);

  async function tellClient7(metadata: Record<string, unknown>): Promise<void> {
    seq += 1;
    const event = { type: "ORDER_UPDATED" as const, seller_id: "2", client_id: "7", metadata, seq };
    await node.broker.append([{ seq, notifications: [event] }]);
  }

  test("a socket is opened without the compression that it offers", async () => {
    const socket = await open();
    const { protocol, extensions, frames } = await untilFrame(socket, "READY");
    expect({ protocol, extensions }).toEqual({ protocol: "espigon.v1", extensions: "" });
    expect(frames[0]).toMatchObject({ audiences: ["client:7", "user:7"] });
  });

  test("it hears events of any letters and length, and what it has missed", async () => {
    const socket = await open();
    await untilFrame(socket, "READY");
    const since = seq;
    const metadata = { order_id: 1, note: WORDS, filler: "🐟".repeat(20_000) };
    await tellClient7(metadata);
    const { frames } = await untilFrame(socket, "ORDER_UPDATED");
    expect(frames.find(({ type }) => type === "ORDER_UPDATED")?.["metadata"]).toEqual(metadata);
    await socket.send(JSON.stringify({ type: "RESUME", seq: since }));
    const resumed = await untilFrame(socket, "DIRTY");
    expect(resumed.frames.find(({ type }) => type === "DIRTY")).toMatchObject({ since, seq: since + 1 });
  });

  test("its binaries are refused, and its texts up to the limit are read", async () => {
    const socket = await open();
    await untilFrame(socket, "READY");
    await socket.send(100);
    await socket.send(probe(16 * 1024));
    const isAnswered = ({ frames }: Received) => frames.filter(({ type }) => type === "ERROR").length === 2;
    const { frames } = await untilReceived(socket, "two errors", isAnswered);
    expect(frames.flatMap(({ code }) => code ?? [])).toEqual(["MALFORMED", "UNKNOWN_TYPE"]);
    await socket.send(probe(16 * 1024 + 1));
    expect((await untilClosed(socket)).closed).toMatchObject({ code: 1009 });
  });

  test("its close is answered", async () => {
    const socket = await open();
    await untilFrame(socket, "READY");
    await socket.close(4999, WORDS);
    expect((await untilClosed(socket)).closed).toMatchObject({ code: 4999, wasClean: true });
  });

  test("a page of another site gets no socket, no stream and no answer, though it has a token", async () => {
    const socket = await open(foreign);
    expect(await untilClosed(socket)).toMatchObject({ opened: false, frames: [], closed: { code: 1006 } });
    const page = await foreign.open();
    const source = await openEventSource(page, `${node.url}/sse?token=${await node.token()}`);
    expect(await untilClosed(source)).toMatchObject({ opened: false, frames: [] });
    const headers = { authorization: `Bearer ${await node.token()}` };
    const answer = await page.evaluate(
      ([url, sent]) => fetch(url, { headers: sent }).then(({ status }) => status, String),
      [`${node.url}/sse`, headers] as const,
    );
    expect(answer).toBe("TypeError: Failed to fetch");
    await node.othersGoOn();
  });

  test("a stream goes on after a cut with what it has missed", async () => {
    const proxy = await startFaultProxy({ upstreams: () => [Number(new URL(node.url).port)], random: Math.random });
    try {
      const url = `http://127.0.0.1:${proxy.port}/sse?token=${await node.token()}`;
      const source = await openEventSource(await own.open(), url);
      await untilFrame(source, "READY");
      await tellClient7({ order_id: 2, note: WORDS });
      const { frames } = await untilFrame(source, "ORDER_UPDATED");
      expect(frames.at(-1)).toMatchObject({ metadata: { order_id: 2, note: WORDS }, id: String(seq) });
      proxy.down();
      await untilReceived(source, "the cut", ({ errors }) => errors > 0);
      await tellClient7({ order_id: 3 });
      proxy.heal();
      const resumed = await untilFrame(source, "DIRTY");
      const dirty = resumed.frames.find(({ type }) => type === "DIRTY");
      expect(dirty?.["events"]).toContainEqual(expect.objectContaining({ metadata: { order_id: 3 } }));
    } finally {
      await proxy.stop();
    }
  });

  test("access that is revoked closes the socket, ends the stream, and lets neither come back", async () => {
    const socket = await open();
    const source = await openEventSource(await own.open(), `${node.url}/sse?token=${await node.token()}`);
    await untilFrame(socket, "READY");
    await untilFrame(source, "READY");
    seq += 1;
    const metadata = { reason: "disconnected" as const, session_ids: [], whole_account: true };
    const at = new Date(Date.now() + 1000).toISOString();
    const notifications = [{ type: "ACCESS_REVOKED" as const, user_id: "7", metadata, seq, at }];
    await node.broker.append([{ seq, notifications }]);
    expect((await untilClosed(socket)).closed).toMatchObject({ code: 4403, wasClean: true });
    await untilClosed(source);
    expect(await untilClosed(await open())).toMatchObject({ opened: false });
  });
});
