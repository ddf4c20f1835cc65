import { describe, expect, test } from "bun:test";
import { createDirtyIndex } from "./dirtyIndex.ts";
import { resumeAnswer } from "./resumeAnswer.ts";
import { staleRecord } from "./staleRecord.ts";

describe("the answer while merged hints are held", () => {
  const index = createDirtyIndex();
  index.forgetUpTo(3);
  index.note("seller:1", staleRecord({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} }, 8));
  const asked = { audiences: ["seller:1"] as const, known: 9, settled: 5, voided: { from: Infinity, to: 0 } };

  test("is DIRTY with all that has left, up to where all has", () => {
    const answer = resumeAnswer(index, { ...asked, since: 4 });
    expect(answer).toMatchObject({ type: "DIRTY", since: 4, seq: 5, events: [{ seq: 8 }] });
  });

  test.each([
    ["unknown_seq", 10],
    ["beyond_window", 2],
  ])("is RESYNC %s that covers also what has left and is told no more", (reason, since) => {
    expect(resumeAnswer(index, { ...asked, since })).toMatchObject({ type: "RESYNC", reason, seq: 9 });
  });
});
