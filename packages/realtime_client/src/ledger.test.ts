import { describe, expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import fc from "fast-check";
import { createLedger } from "./ledger.ts";

const order = (seq: number, id = 1): Notification => ({
  type: "ORDER_UPDATED",
  seller_id: "1",
  client_id: "7",
  metadata: { order_id: id },
  seq,
});

describe("the ledger", () => {
  test("resumes from before the last seq that it has heard by a hint, since others of that seq may be missing", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1"], 10);
    ledger.settle(ledger.audiences(), 10);
    expect(ledger.resumePoint()).toBe(10);
    ledger.hear(order(12));
    expect(ledger.resumePoint()).toBe(11);
    ledger.settle(ledger.audiences(), 12);
    expect(ledger.resumePoint()).toBe(12);
  });

  test("resumes from before a new link as long as that link's RESUME is unanswered", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1"], 10);
    ledger.settle(ledger.audiences(), 10);
    ledger.begin(["seller:1"], 20);
    ledger.hear(order(21));
    expect(ledger.resumePoint()).toBe(10);
    ledger.settle(ledger.audiences(), 20);
    expect(ledger.resumePoint()).toBe(20);
  });

  test("a gap that a HEAD has shown is not mended by later seqs", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1"], 10);
    ledger.settle(ledger.audiences(), 10);
    expect(ledger.head({ "seller:1": 12 })).toBe(false);
    ledger.hear(order(13));
    expect(ledger.head({ "seller:1": 13 })).toBe(false);
    expect(ledger.resumePoint()).toBe(10);
  });

  test("resumes an idle audience from where the busy ones are, not from its own last seq", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1", "user:7"], 10);
    ledger.settle(ledger.audiences(), 10);
    ledger.hear(order(500));
    expect(ledger.head({ "seller:1": 500, "user:7": 3 })).toBe(true);
    expect(ledger.head({ "user:7": 505 })).toBe(false);
    expect(ledger.resumePoint()).toBe(499);
  });

  test("an answer settles the audiences that had asked, not one that came later", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1"], 10);
    ledger.settle(ledger.audiences(), 10);
    ledger.join("room:catalog");
    ledger.begin(["seller:1"], 30);
    const asked = ledger.audiences();
    expect(ledger.join("room:catalog")).toBe(true);
    ledger.settle(asked, 30);
    expect(ledger.resumePoint()).toBe(10);
  });

  test("remembers a bounded number of keys, and then repeats rather than loses", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1"], 0);
    for (let id = 1; id <= 5_000; id += 1) expect(ledger.hear(order(id, id))).toBe(true);
    expect(ledger.hear(order(5_000, 5_000))).toBe(false);
    expect(ledger.hear(order(1, 1))).toBe(true);
  });

  test("of a server whose numbers start anew counts and doubts by the new ones alone", () => {
    const ledger = createLedger();
    ledger.begin(["seller:1", "room:catalog"], 10);
    ledger.hear(order(12));
    ledger.begin(["seller:1"], 12);
    ledger.restart(5);
    expect([ledger.applied(), ledger.resumePoint()]).toEqual([5, 5]);
    expect(ledger.head({ "seller:1": 5 })).toBe(true);
    expect(ledger.join("room:catalog")).toBe(false);
    expect(ledger.head({ "seller:1": 6 })).toBe(false);
    expect(ledger.hear(order(6))).toBe(true);
  });

  test("applied never goes backwards, and the resume point is never beyond it", () => {
    const seq = fc.integer({ min: 0, max: 50 });
    const call = fc.oneof(
      fc.record({ do: fc.constant("hear" as const), seq }),
      fc.record({ do: fc.constant("head" as const), seq }),
      fc.record({ do: fc.constant("settle" as const), seq }),
      fc.record({ do: fc.constant("begin" as const), seq }),
      fc.record({ do: fc.constant("join" as const), seq }),
      fc.record({ do: fc.constant("leave" as const), seq }),
    );
    fc.assert(
      fc.property(fc.array(call, { maxLength: 80 }), (calls) => {
        const ledger = createLedger();
        ledger.begin(["seller:1"], 5);
        let before = ledger.applied();
        for (const each of calls) {
          if (each.do === "hear") ledger.hear(order(each.seq));
          else if (each.do === "head") ledger.head({ "seller:1": each.seq, "room:catalog": each.seq });
          else if (each.do === "settle") ledger.settle(ledger.audiences(), each.seq);
          else if (each.do === "begin") ledger.begin(["seller:1", "user:7"], each.seq);
          else if (each.do === "join") ledger.join("room:catalog");
          else ledger.leave("room:catalog");
          expect(ledger.applied()).toBeGreaterThanOrEqual(before);
          expect(ledger.resumePoint()).toBeLessThanOrEqual(ledger.applied());
          before = ledger.applied();
        }
      }),
    );
  });
});
