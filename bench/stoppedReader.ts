import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { SUBPROTOCOL } from "@espigon/event_contracts";
import { Redis } from "ioredis";
import { epochNow } from "./support/epochNow.ts";
import { percentiles } from "./support/percentiles.ts";
import { tokenFor } from "./support/principals.ts";
import { printSetUp } from "./support/setUp.ts";
import { startRealtimeNode } from "./support/startRealtimeNode.ts";

/** Sockets that stop reading for a whole run: what they cost the node in memory, and others in time. Linux only. */
const STOPPED = 50;
const SECONDS = 60;
const WARM_UP_SECONDS = 10;
const PER_SECOND = 500;
const BYTES = 1_000;
const STEP_MS = 20;

const { node, redisUrl, stop } = await startRealtimeNode();
const publisher = new Redis(redisUrl);

const life = { over: false, ended: 0 };
const stoppedSockets = new Set<Socket>();

/** Shakes hands and never reads again; when the node has had enough of it, another comes in its place. */
function stopReading(token: string): void {
  const socket = connect({ port: node.port, host: "127.0.0.1" });
  stoppedSockets.add(socket);
  socket.on("error", () => {});
  socket.on("connect", () => {
    socket.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}, bearer.${token}\r\n\r\n`,
    );
    socket.once("data", () => socket.pause());
  });
  // A paused socket does not see its end; the node's side does, and this one is asked by writing.
  const ping = setInterval(() => socket.write(Uint8Array.of(0x8a, 0x80, 0, 0, 0, 0)), 1_000);
  socket.on("close", () => {
    clearInterval(ping);
    stoppedSockets.delete(socket);
    if (life.over) return;
    life.ended += 1;
    stopReading(token);
  });
}

const delays: number[] = [];
const reader = new WebSocket(`${node.url.replace("http", "ws")}/ws`, [
  SUBPROTOCOL,
  `bearer.${await tokenFor("SELLER", "1", "1")}`,
]);
reader.addEventListener("message", ({ data }) => {
  const { metadata } = JSON.parse(String(data)) as { metadata?: { sent?: number } };
  if (metadata?.sent !== undefined) delays.push(epochNow() - metadata.sent);
});
await new Promise((resolve) => reader.addEventListener("open", resolve, { once: true }));

let published = 0;
async function publishFor(seconds: number, each: () => void): Promise<void> {
  const began = performance.now();
  const padding = "x".repeat(BYTES);
  for (let sent = 0; sent < seconds * PER_SECOND;) {
    const due = Math.min(seconds * PER_SECOND, ((performance.now() - began) / 1_000) * PER_SECOND);
    for (; sent < due; sent += 1) {
      const metadata = { action: "status_updated", order_id: sent, sent: epochNow(), padding };
      const event = { type: "ORDER_UPDATED", seller_id: "1", client_id: "9", metadata };
      void publisher.publish("events", JSON.stringify(event));
      published += 1;
    }
    each();
    await Bun.sleep(STEP_MS);
  }
}
const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${node.pid()}/status`, "utf8"))?.[1]) / 1_024;

/** Publishes, and says what became of the memory and the reader. */
async function measure(name: string): Promise<void> {
  await publishFor(WARM_UP_SECONDS, () => {});
  const base = megabytes();
  const heard = delays.length;
  const before = published;
  let most = base;
  await publishFor(SECONDS, () => (most = Math.max(most, megabytes())));
  for (let waited = 0; delays.length < published && waited < 100; waited += 1) await Bun.sleep(20);
  const { p50, p99 } = percentiles(delays.slice(heard));
  const of = `${delays.length - heard} of ${published - before}`;
  const memory = [base, most, megabytes()].map((value) => value.toFixed(0)).join(" / ");
  console.log(`| ${name} | ${memory} | ${of} | ${p50.toFixed(1)} / ${p99.toFixed(1)} | ${life.ended} |`);
}

printSetUp("Sockets that stop reading", {
  load: `${PER_SECOND} hints of ${BYTES} bytes a second to one seller for ${SECONDS} s, after ${WARM_UP_SECONDS} s of them`,
  stopped: `${STOPPED} sockets of that seller that never read; one that the node ends comes again`,
});
console.log(
  "| | memory of the node before / most / after, MB | one reader got | its delay p50 / p99, ms | stopped sockets ended |\n|---|---|---|---|---|",
);
try {
  await measure("nobody has stopped");
  for (let index = 0; index < STOPPED; index += 1) stopReading(await tokenFor("SELLER", String(100 + index), "1"));
  await measure(`${STOPPED} have stopped`);
} finally {
  life.over = true;
  for (const socket of stoppedSockets) socket.destroy();
  reader.close();
  publisher.disconnect();
  await stop();
}
process.exit(0);
