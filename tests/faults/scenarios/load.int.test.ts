import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import pg from "pg";
import { sharedDatabase } from "../cluster/FaultDatabase.ts";
import { nodeAt } from "./nodeAt.ts";
import { connectMany, footprintOf, MORE_BYTES, MORE_HANDLES } from "./passingClients.ts";
import { type Run, startRun } from "./startRun.ts";
import { areLive, socketsOf, strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  // The heartbeat of production: nobody is to be disconnected here.
  run = await startRun({ seed: 15, database: await sharedDatabase(), heartbeatMs: 15_000 });
}, 90_000);
afterAll(() => run.stop(), 30_000);

const READS = 60;

describe("nobody is disconnected when", () => {
  test("the event loop of a realtime node stands still for 3 s (5)", async () => {
    const before = socketsOf(run);
    await strike(run, async () => {
      const node = nodeAt(run.cluster.realtime, 0);
      node.freeze();
      await Bun.sleep(3_000);
      node.thaw();
    });
    expect(socketsOf(run)).toBe(before);
    expect(areLive(run)).toBe(true);
  }, 60_000);

  test("statements of PostgreSQL wait and the pool is full: readers get a 503 in bounded time (13)", async () => {
    const before = socketsOf(run);
    const locker = new pg.Client({ connectionString: run.cluster.database.url() });
    await locker.connect();
    await strike(run, async () => {
      await locker.query("begin");
      await locker.query("lock table orders in access exclusive mode");
      const token = await run.world.admin.token();
      const url = `${nodeAt(run.cluster.rest, 0).url}/api/orders`;
      // Twice as long as a wait for a connection and a statement may take: whoever hangs fails.
      const signal = AbortSignal.timeout(30_000);
      const answers = await Promise.all(
        Array.from({ length: READS }, () => fetch(url, { headers: { authorization: `Bearer ${token}` }, signal })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      expect(answers.every(({ headers }) => Number(headers.get("retry-after")) > 0)).toBe(true);
      await Promise.all(answers.map((answer) => answer.text()));
      await locker.query("rollback");
    });
    await locker.end();
    expect(socketsOf(run)).toBe(before);
    expect(areLive(run)).toBe(true);
  }, 90_000);
});

test("clients that come and go leave nothing behind (39)", async () => {
  const node = nodeAt(run.cluster.realtime, 1);
  const rounds = async (count: number) => {
    for (let round = 0; round < count; round += 1) await connectMany(node, 60);
  };
  await rounds(8);
  const before = await footprintOf(node);
  await rounds(40);
  const after = await footprintOf(node, before);
  expect(after.connections).toBe(before.connections);
  expect(after.handles).toBeLessThanOrEqual(before.handles + MORE_HANDLES);
  // 2,400 connections: if each left 4 KB behind, it would be more.
  expect(after.bytes).toBeLessThanOrEqual(before.bytes * MORE_BYTES);
}, 90_000);
