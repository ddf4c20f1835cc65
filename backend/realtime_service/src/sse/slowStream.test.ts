import { afterEach, describe, expect, test } from "bun:test";
import { createConnection } from "node:net";
import { CLIENT_7, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { orderEntries } from "../testing/orderEntry.ts";
import { openSse } from "../testing/sseClient.ts";
import { storm } from "../testing/storm.ts";
import { until } from "../testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

const metric = async (name: string) => {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, "m").exec(text)?.[1] ?? 0);
};

describe("a reader of a stream that stops", () => {
  async function stoppedSeller() {
    const { hostname, port } = new URL(node.url);
    const socket = createConnection(Number(port), hostname);
    let received = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
    socket.on("error", () => {});
    socket.write(`GET /sse HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await tokenFor(SELLER_1)}\r\n\r\n`);
    await until(() => received.includes('"READY"'), "READY");
    socket.pause();
    return { socket, received: () => received };
  }

  test("costs little memory, holds up nobody, and is cut off", async () => {
    node = await startNode({ HEARTBEAT_MS: "200", SLOW_READER_MS: "300" });
    const { socket } = await stoppedSeller();
    const client = await node.connect(CLIENT_7);
    const before = process.memoryUsage().rss;
    await storm(node);
    await until(() => client.ofType("ORDER_UPDATED").some(({ seq }) => seq === 3), "the last order");
    expect(client.ofType("ORDER_UPDATED")).toHaveLength(403);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    await until(async () => (await metric("realtime_slow_readers_total")) > 0, "a slow reader that is known");
    expect(await metric("realtime_connections")).toBeLessThan(2);
    socket.resume();
    await new Promise((resolve) => socket.once("close", resolve));
  });

  test("and reads again hears HEAD and what it has missed", async () => {
    node = await startNode();
    const { socket, received } = await stoppedSeller();
    const client = await node.connect(CLIENT_7);
    await storm(node);
    await until(() => client.ofType("ORDER_UPDATED").some(({ seq }) => seq === 3), "the last order");
    socket.resume();
    await until(() => /"type":"DIRTY","since":0,"seq":3/.test(received()), "what was missed");
    expect(received().lastIndexOf('"HEAD"')).toBeGreaterThan(0);
    socket.destroy();
  });

  test("is told all of what came at once, by hint or by resync, and told it a bounded number of times", async () => {
    node = await startNode();
    const stream = await openSse(`${node.url}/sse`, await tokenFor(SELLER_1));
    await stream.next("READY");
    const last = 900;
    for (let seq = 1; seq <= last; seq += 300) await node.broker.append(orderEntries(seq, seq + 299));
    await node.untilSent(last);
    const frames = () => stream.messages.map(({ data }) => data as { type: string; seq: number; events?: Frame[] });
    type Frame = { type: string; seq: number };
    const untold = () => {
      const resynced = Math.max(0, ...frames().map(({ type, seq }) => (type === "RESYNC" ? seq : 0)));
      const told = new Set(
        frames()
          .flatMap((frame) => [frame, ...(frame.events ?? [])])
          .filter(({ type }) => type === "ORDER_UPDATED")
          .map(({ seq }) => seq),
      );
      return orderEntries(resynced + 1, last).filter(({ seq }) => !told.has(seq));
    };
    await until(() => untold().length === 0, "all was told");
    expect(frames().filter(({ type }) => type === "DIRTY" || type === "RESYNC").length).toBeLessThan(20);
    stream.close();
  });
});
