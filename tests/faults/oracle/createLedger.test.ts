import { expect, test } from "bun:test";
import fc from "fast-check";
import { createLedger, type Hearer } from "./createLedger.ts";

/** A client that is told by hand. */
function hearer(told: ReadonlyMap<string, number>[] = [], resynced = { upTo: 0 }): Hearer {
  return {
    name: "somebody",
    audiences: ["seller:1"],
    takeTold: () => told.shift() ?? new Map<string, number>(),
    resyncedUpTo: () => resynced.upTo,
  };
}

test("what was not told is missing, and only to those whom it concerns", () => {
  const client = hearer();
  const other: Hearer = { ...hearer(), audiences: ["seller:2"] };
  const ledger = createLedger([client, other]);
  ledger.owe("seller:1", "order:1", 7);
  ledger.settle(7);
  expect(ledger.missingOf(client)).toEqual(["somebody was not told of order:1 at 7"]);
  expect(ledger.missingOf(other)).toEqual([]);
});

test("an older hint of the same key does not pay for a newer one; a resync pays for all before it", () => {
  const resynced = { upTo: 0 };
  const client = hearer([new Map([["order:1", 7]])], resynced);
  const ledger = createLedger([client]);
  ledger.owe("seller:1", "order:1", 7);
  ledger.owe("seller:1", "order:1", 9);
  ledger.settle(9);
  expect(ledger.missingOf(client)).toHaveLength(1);
  resynced.upTo = 8;
  ledger.settle(9);
  expect(ledger.missingOf(client)).toHaveLength(1);
  resynced.upTo = 9;
  ledger.settle(9);
  expect(ledger.missingOf(client)).toEqual([]);
});

test("of any log, told in any pieces, exactly what was swallowed is missing", () => {
  const entry = fc.record({ key: fc.integer({ min: 0, max: 5 }), swallowed: fc.boolean(), settles: fc.boolean() });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), fc.integer({ min: 0, max: 5 }), (log, lead) => {
      const told: ReadonlyMap<string, number>[] = [];
      const client = hearer(told);
      const ledger = createLedger([client]);
      const open = new Map<string, number>();
      log.forEach(({ key, swallowed }, index) => {
        if (swallowed) open.set(String(key), index + 1);
        else open.delete(String(key));
      });
      // The client may be ahead of the log that the oracle has read.
      const hear = (index: number) => {
        const heard = log[index];
        if (heard?.swallowed === false) told.push(new Map([[String(heard.key), index + 1]]));
      };
      for (let index = 0; index < lead; index += 1) hear(index);
      log.forEach(({ key, settles }, index) => {
        hear(index + lead);
        ledger.owe("seller:1", String(key), index + 1);
        if (settles) ledger.settle(index + 1);
      });
      while (told.length > 0) ledger.settle(log.length);
      ledger.settle(log.length);
      const expected = Array.from(open, ([key, seq]) => `somebody was not told of ${key} at ${seq}`);
      expect(ledger.missingOf(client).toSorted()).toEqual(expected.toSorted());
    }),
  );
});
