import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { seededRandom } from "../../../backend/rest_service/src/testing/seededRandom.ts";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { redisWithReplica } from "../cluster/redisWithReplica.ts";
import type { Fate } from "../proxy/publishFilter.ts";
import { type Run, startRun } from "./startRun.ts";
import { strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 12, database: await sharedDatabase(), startRedis: redisWithReplica, window: 5_000 });
}, 90_000);
afterAll(() => run.stop(), 30_000);

/** Each message gets its fate by chance, from a seed. */
function fates(seed: number, choices: readonly Fate[]): () => Fate {
  const chance = seededRandom(seed);
  return () => chance.pick(choices);
}

describe("nothing is lost when", () => {
  test("the master is killed and its replica takes over (7)", async () => {
    await strike(run, async () => run.cluster.redis.failOver?.("killed"));
  }, 120_000);

  test("the master is killed with events that its replica lacks: they are appended again (7)", async () => {
    await strike(run, async () => run.cluster.redis.failOver?.("killed ahead"));
  }, 120_000);

  test("master and replica restart empty (6)", async () => {
    await strike(run, async () => {
      await run.cluster.redis.restart();
      await Bun.sleep(500);
    });
  }, 120_000);

  test("Redis is emptied by FLUSHALL: it is filled again, and no client notices (6)", async () => {
    const resyncs = () => run.clients.reduce((sum, { wire }) => sum + wire.resyncs, 0);
    const before = resyncs();
    const { events } = await strike(run, async () => {
      await run.cluster.redis.call("FLUSHALL");
      await Bun.sleep(500);
    });
    expect(resyncs()).toBe(before);
    expect(await run.cluster.redis.call("XLEN", "events:log")).toBe(events);
  }, 60_000);

  test("Redis is out of everybody's reach: orders go on, hints come later (7)", async () => {
    const { restToRedis, realtimeToRedis, reportToRedis } = run.cluster.links;
    await strike(run, async () => {
      const before = run.promises.placed.size;
      for (const link of [...restToRedis, ...realtimeToRedis, ...reportToRedis]) link.down();
      await Bun.sleep(1_500);
      expect(run.promises.placed.size).toBeGreaterThan(before);
    });
  }, 60_000);

  test("Redis is connected and silent (8)", async () => {
    const { restToRedis, realtimeToRedis } = run.cluster.links;
    await strike(run, async () => {
      const before = run.promises.placed.size;
      for (const link of [...restToRedis, ...realtimeToRedis]) {
        link.set({ upstream: { blackHole: true }, downstream: { blackHole: true } });
      }
      await Bun.sleep(2_500);
      expect(run.promises.placed.size).toBeGreaterThan(before);
    });
  }, 60_000);

  test("most announcements are dropped (9)", async () => {
    await strike(run, async () => {
      run.cluster.fate = fates(1, ["drop", "drop", "pass"]);
      await Bun.sleep(1_000);
    });
  }, 60_000);

  test("all announcements are dropped: the log tells (9)", async () => {
    await strike(run, async () => {
      run.cluster.fate = () => "drop";
      await Bun.sleep(1_200);
    });
  }, 60_000);

  test("announcements come twice and out of order (25, 26)", async () => {
    await strike(run, async () => {
      run.cluster.fate = fates(2, ["pass", "double", "hold"]);
      await Bun.sleep(1_500);
    });
  }, 60_000);
});
