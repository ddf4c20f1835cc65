import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { redisServerPath } from "../support/testRedis.ts";
import { floods } from "./cases/floods.ts";
import { type ConformanceProcess, startConformanceProcess } from "./conformanceNode.ts";
import { ping } from "./frame.ts";
import { until } from "./rawSocket.ts";

const MB = 1024 * 1024;
const FLOOD_BYTES = 64 * MB;
const GROWTH_MB = 32;
const BATCH_BYTES = 64 * 1024;
const STILL_HERE = "PONG still here";

describe.skipIf(redisServerPath === undefined || process.platform !== "linux")(
  "while one client floods, others go on and memory stays flat (on Linux):",
  () => {
    let node: ConformanceProcess;
    beforeAll(async () => {
      node = await startConformanceProcess();
    }, 60_000);
    afterAll(() => node.stop());

    test.each(floods.map((each) => [each.name, each] as const))("%s", async (_name, { opening, frame, heard }) => {
      const socket = await node.open();
      const before = node.megabytes();
      const closes = heard.at(-1)?.startsWith("CLOSE") === true;
      try {
        if (opening !== undefined) await socket.write(opening);
        const batch = Buffer.concat(Array.from({ length: Math.ceil(BATCH_BYTES / frame.length) }, () => frame));
        await node.othersGoOnDuring(socket.flood(batch, FLOOD_BYTES));
        if (!closes) await socket.write(ping("still here"));
        await until(() => socket.ended || socket.heard.includes(STILL_HERE), "the end of the flood");
        expect([...new Set(socket.heard)]).toEqual([...heard, ...(closes ? [] : [STILL_HERE])]);
        expect(socket.ended).toBe(closes);
        expect(node.megabytes() - before).toBeLessThan(GROWTH_MB);
      } finally {
        socket.destroy();
      }
    });
  },
);
