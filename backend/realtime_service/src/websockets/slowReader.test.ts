import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "bun:test";
import { CLIENT_7, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
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
    await until(async () => (await metric("realtime_closes_total")) > 0, "the close");
    socket.destroy();
  });

  test.if(process.platform === "linux")("leaves no descriptor (looked up on Linux only)", async () => {
    node = await startNode();
    const { remotePort = 0, localPort = 0 } = await stoppedSeller();
    const isHeld = () => isSocketHeld(remotePort, localPort);
    expect(isHeld()).toBe(true);
    await storm(node);
    await until(() => !isHeld(), "a free descriptor");
  });

  test("and reads on, slowly, is cut off at the first hole, and told by its next connection what it missed", async () => {
    node = await startNode();
    const socket = await stoppedSeller();
    const heard: number[] = [];
    let rest = "";
    socket.on("data", (chunk) => {
      socket.pause();
      // A chunk may end within a number.
      const pieces = (rest + String(chunk)).split(/"seq":(\d+)(?=\D)/);
      heard.push(...pieces.filter((_, index) => index % 2 === 1).map(Number));
      rest = pieces.at(-1)?.slice(-40) ?? "";
    });
    const published = 450;
    const filler = "x".repeat(60_000);
    for (let seq = 1; seq <= published; seq += 1) {
      const metadata = { order_id: seq, filler };
      await node.broker.append([
        { seq, notifications: [{ type: "ORDER_UPDATED", seller_id: "1", client_id: "8", metadata, seq }] },
      ]);
      await Bun.sleep(1);
      if (seq % 20 === 0) socket.resume();
    }
    await node.untilSent(published);
    socket.on("data", () => socket.resume());
    socket.resume();
    await until(() => socket.destroyed || heard.at(-1) === published, "the end of what it is told");
    const last = heard.length;
    expect(heard).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    expect(last).toBeLessThan(published);

    const next = await node.connect(SELLER_1);
    next.send({ type: "RESUME", seq: last });
    const { events } = await next.next("DIRTY");
    const told = (events as { seq: number }[]).map(({ seq }) => seq);
    expect(told).toEqual(Array.from({ length: published - last }, (_, index) => last + 1 + index));
  });
});
