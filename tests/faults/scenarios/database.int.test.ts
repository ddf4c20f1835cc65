import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import pg from "pg";
import { connectionSettings } from "../../../backend/rest_service/src/infrastructure/persistence/connectionSettings.ts";
import { rebuildStatistics } from "../../../backend/rest_service/src/infrastructure/sequencer/rebuildStatistics.ts";
import { ownDatabase } from "../cluster/FaultDatabase.ts";
import { until } from "../support/until.ts";
import { nodeAt } from "./nodeAt.ts";
import { type Run, startRun } from "./startRun.ts";
import { strike } from "./strike.ts";

let run: Run;
beforeAll(async () => {
  run = await startRun({ seed: 14, database: await ownDatabase() });
}, 90_000);
afterAll(() => run.stop(), 30_000);

describe("nothing is lost when", () => {
  test("PostgreSQL is killed under load and comes back (10, 11)", async () => {
    await strike(run, async () => {
      await run.cluster.database.kill?.();
      await Bun.sleep(300);
      await run.cluster.database.restart?.();
    });
    expect(run.promises.retries).toBeGreaterThan(0);
  }, 60_000);

  test("one rest node loses its way to PostgreSQL (16)", async () => {
    await strike(run, async () => {
      const link = nodeAt(run.cluster.links.restToPostgres, 0);
      link.set({ upstream: { blackHole: true }, downstream: { blackHole: true } });
      await Bun.sleep(2_500);
    });
  }, 60_000);

  test("connections to PostgreSQL are reset again and again (10)", async () => {
    await strike(run, async () => {
      for (let round = 0; round < 5; round += 1) {
        for (const link of run.cluster.links.restToPostgres) link.cut("reset");
        await Bun.sleep(200);
      }
    });
  }, 60_000);

  test("the statistics are rebuilt from the log under load (36)", async () => {
    const client = new pg.Client(
      connectionSettings({ url: run.cluster.database.url(), applicationName: "rebuild", statementTimeoutMs: 30_000 }),
    );
    await client.connect();
    await strike(run, async () => {
      let head = 0;
      for (let round = 0; round < 4; round += 1) {
        const rebuilt = await rebuildStatistics(client);
        expect(rebuilt).toBeGreaterThan(head);
        head = rebuilt;
        await Bun.sleep(200);
      }
    });
    await client.end();
  }, 60_000);
});

// The last one: the oracle names what it does not understand at each examination from then on.
test("an event that nobody understands is numbered, counted and passed by, and all others go on (27)", async () => {
  run.workload.run(25);
  await run.cluster.query(
    "insert into outbox_pending (type, actor, metadata, payload) values ('FISH_ESCAPED', '{\"role\": \"SYSTEM\"}', '{}', '{}')",
  );
  let seq = 0;
  await until("it is numbered", async () => {
    const [row] = await run.cluster.query("select seq::int from event_log where type = 'FISH_ESCAPED'");
    seq = Number(row?.["seq"] ?? 0);
    return seq > 0;
  });
  // The leader hears of its own commit after others can see it.
  await until("it is counted", async () => {
    const leader = await run.cluster.leader();
    if (leader === undefined) return false;
    const metrics = await (await fetch(`${leader.url}/metrics`, { signal: AbortSignal.timeout(5_000) })).text();
    return /^espigon_sequencer_skipped_events_total [1-9]/m.test(metrics);
  });
  expect(await run.recover()).toBeDefined();
  const verdict = await run.judge();
  expect(verdict).toMatchObject({ losses: 0, leaks: 0, backwardSteps: 0, faults: [`seq ${seq} is not an event`] });
  expect(verdict.events).toBeGreaterThan(seq);
}, 60_000);
