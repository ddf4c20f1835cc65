import { expect, test } from "bun:test";
import { Registry } from "prom-client";
import { silentLogger } from "../../testing/silentLogger.ts";
import type { PendingRow } from "./batch.ts";
import { sequenceRows } from "./sequenceRows.ts";
import { createSequencerMetrics } from "./sequencerMetrics.ts";

test("only figures that do not fit are left out: a batch that fails for another reason is not numbered without them", async () => {
  let statements = 0;
  const client = {
    query() {
      statements += 1;
      return Promise.reject(Object.assign(new Error("deadlock detected"), { code: "40P01" }));
    },
  };
  const offered: unknown[] = [];
  const deps = {
    client: client as never,
    follower: { lead: () => {}, offer: (events: unknown) => void offered.push(events), rest: () => {} },
    logger: silentLogger,
    metrics: createSequencerMetrics(new Registry()),
  };
  const row = { id: "1", age_ms: 0, type: "NONE" } as unknown as PendingRow;
  expect(sequenceRows(deps, 0, [row])).rejects.toThrow("deadlock");
  await Bun.sleep(0);
  expect([statements, offered]).toEqual([1, []]);
});
