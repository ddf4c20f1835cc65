import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { until } from "../support/until.ts";
import { nodeAt } from "./nodeAt.ts";
import { type Run, startRun } from "./startRun.ts";
import { areLive, socketsOf, strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 11, database: await sharedDatabase() });
}, 90_000);
afterAll(() => run.stop(), 30_000);

describe("nothing is lost when", () => {
  test("a rest node is killed under load (1)", async () => {
    await strike(run, async () => {
      await nodeAt(run.cluster.rest, 1).end("SIGKILL");
      await Bun.sleep(400);
    });
    expect(run.promises.placed.size).toBeGreaterThan(5);
  }, 60_000);

  test("the sequencer's leader is killed: the other takes over (1)", async () => {
    const before = await run.cluster.leader();
    if (before === undefined) throw new Error("nobody leads");
    await strike(run, async () => {
      await before.end("SIGKILL");
      await until("the other leads", async () => (await run.cluster.leader()) !== undefined);
      expect((await run.cluster.leader())?.name).not.toBe(before.name);
    });
  }, 60_000);

  test("a realtime node is killed: its clients go to the other (2)", async () => {
    const before = socketsOf(run);
    await strike(run, async () => {
      await nodeAt(run.cluster.realtime, 0).end("SIGKILL");
      await until("its clients are live elsewhere", () => socketsOf(run) > before && areLive(run));
    });
  }, 60_000);

  test("a report node is killed (2)", async () => {
    await strike(run, async () => {
      await nodeAt(run.cluster.report, 0).end("SIGKILL");
      await Bun.sleep(400);
    });
  }, 60_000);

  test("the only Redis is killed and starts empty (6)", async () => {
    await strike(run, async () => {
      await run.cluster.redis.restart();
      await Bun.sleep(500);
    });
  }, 60_000);

  test("a rest node and a realtime node are told to stop (3)", async () => {
    await strike(run, async () => {
      for (const service of [run.cluster.rest, run.cluster.realtime]) {
        expect(await nodeAt(service, 0).end("SIGTERM")).toBe(0);
        await nodeAt(service, 0).start();
      }
    });
  }, 60_000);

  test("a realtime node freezes and thaws (4)", async () => {
    const before = socketsOf(run);
    await strike(run, async () => {
      nodeAt(run.cluster.realtime, 1).freeze();
      await until("its clients are live elsewhere", () => socketsOf(run) > before && areLive(run), 25_000);
    });
  }, 60_000);
});
