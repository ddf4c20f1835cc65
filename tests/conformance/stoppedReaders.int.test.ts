import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { redisServerPath } from "../support/testRedis.ts";
import { type ConformanceProcess, startConformanceProcess } from "./conformanceNode.ts";
import { ping, text } from "./frame.ts";
import { type RawSocket, until } from "./rawSocket.ts";

const STOPPED = 100;
const GROWTH_MB = 64;
/** 12 MB for each of them: more than the buffers of a socket hold, and far more than the node may keep for all. */
const EVENTS = 200;
const EVENT = JSON.stringify({
  type: "ORDER_UPDATED",
  seller_id: "2",
  client_id: "7",
  metadata: { order_id: 1, filler: "x".repeat(60_000) },
});

describe.skipIf(redisServerPath === undefined || process.platform !== "linux")(
  "while a hundred clients have stopped, others go on and memory stays flat (on Linux):",
  () => {
    let node: ConformanceProcess;
    let stopped: readonly RawSocket[];
    beforeAll(async () => {
      node = await startConformanceProcess({ HEARTBEAT_MS: "500", SLOW_READER_MS: "2000" });
      stopped = await Promise.all(Array.from({ length: STOPPED }, () => node.open()));
    }, 60_000);
    afterAll(async () => {
      for (const socket of stopped) socket.destroy();
      await node.stop();
    });

    test("in the middle of a frame", async () => {
      for (const socket of stopped) await socket.write(text("x".repeat(16_000)).subarray(0, 15_000));
      await node.othersGoOn();
      for (const socket of stopped) await socket.write(text("x".repeat(16_000)).subarray(15_000), ping("whole"));
      await until(() => stopped.every(({ heard }) => heard.includes("PONG whole")), "the rest of every frame");
      expect(stopped.every(({ ended }) => !ended)).toBe(true);
    });

    test("to read, until they are cut off", async () => {
      for (const socket of stopped) socket.pause();
      const before = node.megabytes();
      let most = before;
      const storm = async () => {
        for (let sent = 0; sent < EVENTS; sent += 1) {
          await node.broker.publish("events", EVENT);
          most = Math.max(most, node.megabytes());
        }
        await until(async () => {
          most = Math.max(most, node.megabytes());
          return (await cutOff(node)) === STOPPED;
        }, "the end of all of them");
      };
      await node.othersGoOnDuring(storm());
      expect(most - before).toBeLessThan(GROWTH_MB);
    });
  },
);

/** How many sockets have ended without a close frame: here those of readers that took nothing. */
async function cutOff(node: ConformanceProcess): Promise<number> {
  const metrics = await (await fetch(`${node.url}/metrics`)).text();
  return Number(/^realtime_closes_total\{cause="1006"\} (\d+)/m.exec(metrics)?.[1] ?? 0);
}
