import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type ConformanceNode, startConformanceNode } from "./conformanceNode.ts";
import { probe } from "./frame.ts";
import { type PythonClient, pythonPath, startPythonClient } from "./interop/pythonClient.ts";

const WORDS = "atún, ñandú, κόσμε, 魚市場, 🐟👩‍🚀";

describe.skipIf(pythonPath === undefined)("a client of Python's websockets", () => {
  let node: ConformanceNode;
  let client: PythonClient;
  beforeEach(async () => {
    node = await startConformanceNode({ DRAIN_MS: "200" });
    client = startPythonClient(`${node.url.replace("http", "ws")}/ws`);
  });
  afterEach(async () => {
    await client.stop();
    await node.stop();
  });

  async function connect(): Promise<void> {
    const accepted = await client.do("connect", { subprotocols: ["espigon.v1", `bearer.${await node.token()}`] });
    expect(accepted).toEqual({ subprotocol: "espigon.v1", extensions: [] });
    expect(await client.do("receive", "READY")).toMatchObject({ audiences: ["client:7", "user:7"] });
  }

  test("is let in without the compression that it offers, and told who it is", connect);

  test("is refused without a token, and from a foreign page", async () => {
    expect(await client.do("connect", { subprotocols: ["espigon.v1"] })).toEqual({ refused: 401 });
    const subprotocols = ["espigon.v1", `bearer.${await node.token()}`];
    expect(await client.do("connect", { subprotocols, origin: "https://evil.example" })).toEqual({ refused: 403 });
    expect(await client.do("connect", { subprotocols: ["graphql-ws"] })).toEqual({ refused: 400 });
  });

  test("hears events of any letters and of any length, and what it has missed", async () => {
    await connect();
    const metadata = { order_id: 1, note: WORDS, filler: "🐟".repeat(20_000) };
    const event = { type: "ORDER_UPDATED" as const, seller_id: "1", client_id: "7", metadata, seq: 1 };
    await node.broker.append([{ seq: 1, notifications: [event] }]);
    expect(await client.do("receive", "ORDER_UPDATED")).toMatchObject(event);
    await client.do("send", JSON.stringify({ type: "RESUME", seq: 0 }));
    expect(await client.do("receive", "DIRTY")).toMatchObject({
      since: 0,
      seq: 1,
      events: [{ type: "ORDER_UPDATED", metadata: { order_id: 1 } }],
    });
  });

  test("has its pings answered, and its texts read whole and in fragments", async () => {
    await connect();
    await client.do("ping", "");
    await client.do("ping", "p".repeat(125));
    await client.do("send", '{"type":"JOIN","room":"catalog"}');
    expect(await client.do("receive", "JOINED")).toEqual({ type: "JOINED", room: "catalog" });
    await client.do("send_fragments", ['{"type":', "", '"LEAVE",', `"room":"catalog"}`, " "]);
    await client.do("send_fragments", `{"type":"PROBE","x":"${WORDS}"}`.split(/(?<=,)/));
    await client.do("send", probe(16 * 1024));
    for (let answers = 0; answers < 2; answers += 1) {
      expect(await client.do("receive", "ERROR")).toMatchObject({ code: "UNKNOWN_TYPE" });
    }
  });

  test("closes, and is answered with the code that it gave", async () => {
    await connect();
    expect(await client.do("close", 4999, `adiós, ${WORDS}`)).toMatchObject({ code: 4999 });
  });

  test.each([
    ["a text that is too big", ["send", probe(16 * 1024 + 1)], 1009],
    ["a binary that is too big", ["send_bytes", 1_000_000], 1009],
  ] as const)("is closed for %s", async (_, [name, parameter], code) => {
    await connect();
    await client.do(name, parameter);
    expect(await client.do("wait_closed")).toMatchObject({ code });
    await node.othersGoOn();
  });

  test("is closed when its access is revoked", async () => {
    await connect();
    const metadata = { reason: "disconnected" as const, session_ids: [], whole_account: true };
    const at = new Date(Date.now() + 1000).toISOString();
    await node.broker.append([
      { seq: 1, notifications: [{ type: "ACCESS_REVOKED", user_id: "7", metadata, seq: 1, at }] },
    ]);
    expect(await client.do("wait_closed")).toMatchObject({ code: 4403 });
  });

  test("is sent away when the node stops", async () => {
    await connect();
    const stopping = node.stop();
    expect(await client.do("receive", "RECONNECT")).toMatchObject({ type: "RECONNECT" });
    expect(await client.do("wait_closed")).toMatchObject({ code: 1012 });
    await stopping;
  });
});
