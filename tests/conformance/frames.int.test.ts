import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ConformanceCase } from "./ConformanceCase.ts";
import { type ConformanceNode, startConformanceNode } from "./conformanceNode.ts";
import { closing } from "./cases/closing.ts";
import { fragmentation } from "./cases/fragmentation.ts";
import { framing } from "./cases/framing.ts";
import { limits } from "./cases/limits.ts";
import { utf8 } from "./cases/utf8.ts";
import { ping } from "./frame.ts";
import { until } from "./rawSocket.ts";

const groups: Readonly<Record<string, readonly ConformanceCase[]>> = { framing, fragmentation, utf8, closing, limits };
const STILL_HERE = "PONG still here";

let node: ConformanceNode;
beforeAll(async () => {
  node = await startConformanceNode();
});
afterAll(() => node.stop());

for (const [group, cases] of Object.entries(groups)) {
  describe(`RFC 6455, ${group}:`, () => {
    test.each(cases.map((each) => [each.name, each] as const))("%s", async (_name, { sends, expected }) => {
      const socket = await node.open();
      const closes = expected.at(-1)?.startsWith("CLOSE") === true;
      try {
        await socket.write(...sends, ...(closes ? [] : [ping("still here")]));
        await until(() => socket.ended || socket.heard.includes(STILL_HERE), "the end of the case");
        expect([...socket.heard]).toEqual([...expected, ...(closes ? [] : [STILL_HERE])]);
        expect(socket.ended).toBe(closes);
      } finally {
        socket.destroy();
      }
      await node.othersGoOn();
    });
  });
}
