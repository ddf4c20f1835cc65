import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { until } from "../faults/support/until.ts";
import { redisServerPath } from "../support/testRedis.ts";
import { healthOf, type Nodes, startNodes } from "./startNodes.ts";

describe.skipIf(redisServerPath === undefined)("a node that cannot do its work is alive and not ready", () => {
  let nodes: Nodes;
  beforeAll(async () => {
    nodes = await startNodes();
  }, 60_000);
  afterAll(() => nodes.stop(), 30_000);

  async function untilHealth(expected: Record<"rest" | "realtime" | "report", readonly string[]>): Promise<void> {
    const wanted = Object.entries(expected).map(([name, waitingFor]) => ({ name, alive: true, waitingFor }));
    let health: unknown;
    await until(`health is ${JSON.stringify(expected)}`, async () => {
      const { rest, realtime, report } = nodes;
      health = await Promise.all(
        Object.entries({ rest, realtime, report }).map(async ([name, node]) => ({ name, ...(await healthOf(node)) })),
      );
      return Bun.deepEquals(health, wanted);
    }).catch(() => {});
    expect(health).toEqual(wanted);
  }

  test("without Redis only sockets cannot be served: orders go on", async () => {
    await untilHealth({ rest: [], realtime: [], report: [] });
    await nodes.stopRedis();
    await untilHealth({ rest: [], realtime: ["broker"], report: [] });
    await nodes.startRedis();
    await untilHealth({ rest: [], realtime: [], report: [] });
  }, 90_000);

  test.each([
    ["is gone", () => nodes.toPostgres.down()],
    ["is silent", () => nodes.toPostgres.set({ upstream: { blackHole: true }, downstream: { blackHole: true } })],
  ])(
    "when PostgreSQL %s, neither rest nor report can serve, and sockets go on",
    async (_, strike) => {
      strike();
      await untilHealth({ rest: ["database"], realtime: [], report: ["rest_service"] });
      nodes.toPostgres.heal();
      await untilHealth({ rest: [], realtime: [], report: [] });
    },
    90_000,
  );
});
