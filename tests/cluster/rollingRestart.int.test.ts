import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { LocalCluster } from "../../scripts/cluster/startLocalCluster.ts";
import { until } from "../faults/support/until.ts";
import { createTraffic, type Traffic } from "./createTraffic.ts";
import { canRunCluster, startTestCluster } from "./startTestCluster.ts";

describe.skipIf(!canRunCluster)("two nodes of every service behind nginx", () => {
  let cluster: LocalCluster;
  let traffic: Traffic;
  beforeAll(async () => {
    cluster = await startTestCluster();
    traffic = await createTraffic(cluster.url);
  }, 90_000);
  afterAll(async () => {
    traffic.stop();
    await cluster.stop();
  }, 60_000);

  test("what is too large for the proxy is refused as the services would", async () => {
    const answer = await fetch(`${cluster.url}/api/orders`, { method: "POST", body: "x".repeat(13 * 1024 * 1024) });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([413, "application/problem+json"]);
    expect(await answer.json()).toMatchObject({ status: 413, code: "PAYLOAD_TOO_LARGE" });
  });

  test("each is told to stop in turn and started again: no request fails, and no socket misses an order", async () => {
    for (const node of cluster.nodes) {
      const before = traffic.placed.length;
      expect([node.name, await node.end("SIGTERM"), node.output()]).toEqual([node.name, 0, expect.any(String)]);
      await node.start();
      await until(`${node.name} is ready`, async () => (await fetch(`${node.url}/readyz`)).ok);
      await until("people go on", () => traffic.placed.length > before);
    }
    expect(await traffic.settle()).toEqual({ failures: [], unheard: [], deaf: [] });
    for (const kind of ["order", "read", "change", "figures"]) expect(traffic.answered.get(kind)).toBeGreaterThan(100);
  }, 240_000);
});
