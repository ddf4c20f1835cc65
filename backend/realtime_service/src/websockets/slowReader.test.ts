import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "bun:test";
import { CLIENT_7, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { orderEntry } from "../testing/orderEntry.ts";
import { rawUpgrade } from "../testing/rawUpgrade.ts";
import { storm } from "../testing/storm.ts";
import { until } from "../testing/testClient.ts";

let node: TestNode;
afterEach(() => node.stop());

/** A seller whose socket is open, and who stops to read. */
async function stoppedSeller() {
  const token = await tokenFor(SELLER_1);
  const { status, socket } = await rawUpgrade(node.url, "/ws", {
    "Sec-WebSocket-Protocol": `espigon.v1, bearer.${token}`,
  });
  expect(status).toBe(101);
  socket.pause();
  return socket;
}

const metric = async (name: string) => {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)`, "m").exec(text)?.[1] ?? 0);
};

/** Whether a process of this machine has a descriptor of the connection, as Linux tells. */
function isSocketHeld(localPort: number, remotePort: number): boolean {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, "0");
  const rows = ["tcp", "tcp6"].flatMap((table) => readFileSync(`/proc/self/net/${table}`, "utf8").split("\n"));
  const columns = rows.map((row) => row.trim().split(/\s+/));
  return columns.some(([, local = "", remote = "", , , , , , , inode]) => {
    return local.endsWith(`:${hex(localPort)}`) && remote.endsWith(`:${hex(remotePort)}`) && inode !== "0";
  });
}

describe("a reader that stops", () => {
  test("costs little memory, holds up nobody, and is cut off", async () => {
    node = await startNode({ HEARTBEAT_MS: "200", SLOW_READER_MS: "300" });
    const socket = await stoppedSeller();
    const client = await node.connect(CLIENT_7);
    const before = process.memoryUsage().rss;
    await storm(node);
    await until(() => client.ofType("ORDER_UPDATED").some(({ seq }) => seq === 3), "the last order");
    expect(client.ofType("ORDER_UPDATED")).toHaveLength(403);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    const deadline = Date.now() + 5000;
    while ((await metric("realtime_slow_readers_total")) === 0) expect(Date.now()).toBeLessThan(deadline);
    socket.destroy();
  });

  test.if(process.platform === "linux")(
    "leaves no descriptor when its access ends (looked up on Linux only)",
    async () => {
      node = await startNode();
      const { remotePort = 0, localPort = 0 } = await stoppedSeller();
      const isHeld = () => isSocketHeld(remotePort, localPort);
      expect(isHeld()).toBe(true);
      const client = await node.connect(CLIENT_7);
      await storm(node);
      await until(() => client.ofType("ORDER_UPDATED").some(({ seq }) => seq === 3), "the last order");
      const metadata = { reason: "disconnected" as const, session_ids: [], whole_account: true };
      const { user_id } = SELLER_1;
      await node.broker.append([{ seq: 4, notifications: [{ type: "ACCESS_REVOKED", user_id, metadata, seq: 4 }] }]);
      await until(() => !isHeld(), "a free descriptor");
    },
  );

  test("and reads again hears HEAD and what it has missed", async () => {
    node = await startNode();
    await node.broker.append([orderEntry(1, 1, "2")]);
    const socket = await stoppedSeller();
    await storm(node);
    await node.untilSent(3);
    let received = "";
    socket.on("data", (chunk) => {
      received = (received + String(chunk)).slice(-200_000);
    });
    socket.resume();
    await until(() => received.includes('"type":"DIRTY"'), "DIRTY");
    expect(received).toContain('{"type":"HEAD","audiences":{"seller:1":3,"user:11":0}}');
    const dirty = received.slice(received.lastIndexOf('{"type":"DIRTY"'));
    expect(dirty).toContain('"metadata":{"order_id":2,');
    expect(dirty).toContain('"type":"SELLER_STATS_UPDATED"');
    socket.destroy();
  });
});
