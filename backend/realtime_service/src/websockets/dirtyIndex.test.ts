import { describe, expect, test } from "bun:test";
import type { Audience } from "@espigon/event_contracts";
import fc from "fast-check";
import { createDirtyIndex } from "./dirtyIndex.ts";
import type { StaleRecord } from "./staleRecord.ts";

const record = (key: string, seq: number): StaleRecord => ({
  key,
  seq,
  type: "ORDER_UPDATED",
  seller_id: "1",
  client_id: undefined,
  user_id: undefined,
  order_id: key,
  product_id: undefined,
  action: undefined,
});
const audience = fc.constantFrom<Audience>("admin", "seller:1", "seller:2", "client:7", "user:7");

describe("a dirty index", () => {
  test("knows the last seq of each audience", () => {
    const index = createDirtyIndex();
    index.note("admin", record("a", 4));
    index.note("admin", record("b", 9));
    expect([index.lastSeq("admin"), index.lastSeq("seller:1")]).toEqual([9, 0]);
  });

  test("never forgets silently: any answer holds exactly what is stale, or is that it does not know", () => {
    const events = fc.array(
      fc.record({
        audience,
        key: fc.integer({ min: 0, max: 12 }).map(String),
        forget: fc.integer({ min: 0, max: 60 }),
      }),
      { maxLength: 120, size: "max" },
    );
    fc.assert(
      fc.property(events, fc.nat(130), fc.array(audience, { minLength: 1, maxLength: 3 }), (list, since, asked) => {
        const index = createDirtyIndex({ perAudience: 5, total: 12 });
        const model: { audience: Audience; record: StaleRecord }[] = [];
        for (const [position, { audience, key, forget }] of list.entries()) {
          const stale = record(key, position + 1);
          index.note(audience, stale);
          model.push({ audience, record: stale });
          if (forget === 0) index.forgetUpTo(position);
        }
        expect(index.size).toBeLessThanOrEqual(12);
        const answer = index.staleSince(asked, since);
        if (answer === undefined) return;
        const newest = new Map<string, StaleRecord>();
        for (const entry of model) {
          if (asked.includes(entry.audience) && entry.record.seq > since) newest.set(entry.record.key, entry.record);
        }
        expect(answer).toEqual([...newest.values()].sort((one, other) => one.seq - other.seq));
      }),
      { numRuns: 500 },
    );
  });

  test("knows nothing of what it was told to forget, nor of a log that has begun anew", () => {
    const index = createDirtyIndex();
    index.note("admin", record("a", 9));
    index.forgetUpTo(12);
    expect([index.staleSince(["admin"], 11), index.staleSince(["admin"], 12)]).toEqual([undefined, []]);
    index.restartAt(3);
    expect([index.lastSeq("admin"), index.size]).toEqual([0, 0]);
    expect([index.staleSince(["admin"], 2), index.staleSince(["admin"], 3)]).toEqual([undefined, []]);
  });

  test("answers what is within its bounds", () => {
    const index = createDirtyIndex({ perAudience: 3, total: 100 });
    for (let seq = 1; seq <= 10; seq += 1) index.note("admin", record(String(seq), seq));
    expect(index.staleSince(["admin"], 7)?.map(({ seq }) => seq)).toEqual([8, 9, 10]);
    expect(index.staleSince(["admin"], 6)).toBeUndefined();
    expect(index.staleSince(["user:7"], 0)).toEqual([]);
    index.forgetUpTo(9);
    expect(index.staleSince(["admin"], 9)?.map(({ seq }) => seq)).toEqual([10]);
    expect(index.staleSince(["user:7"], 8)).toBeUndefined();
  });
});
