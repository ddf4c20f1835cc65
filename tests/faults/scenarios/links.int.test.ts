import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { until } from "../support/until.ts";
import { nodeAt } from "./nodeAt.ts";
import { type Run, startRun } from "./startRun.ts";
import { socketsOf, strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 13, database: await sharedDatabase(), window: 150 });
}, 90_000);
afterAll(() => run.stop(), 30_000);

const HOLE = { upstream: { blackHole: true }, downstream: { blackHole: true } };

describe("nothing is lost when", () => {
  test("the network of all clients is gone for a while (17)", async () => {
    const before = socketsOf(run);
    await strike(run, async () => {
      for (const { link } of run.clients) link.down();
      await Bun.sleep(2_000);
    });
    expect(socketsOf(run)).toBeGreaterThan(before);
  }, 60_000);

  test("a client is away for longer than what Redis keeps (18)", async () => {
    const client = nodeAt(run.clients, 0);
    const resyncs = client.wire.resyncs;
    await strike(run, async () => {
      const head = async () => Number((await run.cluster.query("select seq::int from event_head"))[0]?.["seq"]);
      client.link.down();
      const before = await head();
      run.workload.run(80);
      await until("the window has moved on", async () => (await head()) > before + 300, 30_000);
      // A node that has been there all the time remembers more than Redis does.
      for (const node of run.cluster.realtime) {
        await node.end("SIGKILL");
        await node.start();
      }
      client.link.heal();
      // What a browser does when the network is back.
      for (const { realtime } of run.clients) realtime.retry();
    });
    expect(client.wire.resyncs).toBeGreaterThan(resyncs);
  }, 60_000);

  test("a link is half-open: neither side hears a word (19)", async () => {
    await strike(run, async () => {
      const client = nodeAt(run.clients, 2);
      client.link.set(HOLE);
      await until("the client notices", () => client.realtime.state().status === "reconnecting", 15_000);
    });
  }, 60_000);

  test("links are slow and uneven (21)", async () => {
    await strike(run, async () => {
      for (const { link } of run.clients) {
        const slow = { latencyMs: 400, jitterMs: 400, bytesPerSecond: 8_000 };
        link.set({ upstream: slow, downstream: slow });
      }
      await Bun.sleep(2_000);
    });
  }, 60_000);

  test("connections are reset in the middle of a frame (22)", async () => {
    await strike(run, async () => {
      for (const { link } of run.clients) link.set({ downstream: { limitBytes: 900 } });
      await Bun.sleep(2_500);
    });
  }, 60_000);

  test("everything arrives byte by byte (22)", async () => {
    const { restToRedis, realtimeToRedis } = run.cluster.links;
    await strike(run, async () => {
      const slices = { upstream: { sliceBytes: 1 }, downstream: { sliceBytes: 1 } };
      for (const { link } of run.clients) link.set(slices);
      for (const link of [...restToRedis, ...realtimeToRedis]) link.set({ downstream: { sliceBytes: 7 } });
      await Bun.sleep(1_500);
    });
  }, 60_000);
});
