import { expect, test } from "bun:test";
import fc from "fast-check";
import { createVersionedCache } from "./createVersionedCache.ts";
import type { Answer } from "./VersionedCache.ts";

const AUDIENCES = ["seller:1", "seller:2"] as const;
type AudienceIndex = 0 | 1;

class RefusedToken extends Error {
  readonly reader: number;
  constructor(reader: number) {
    super(`the token of reader ${reader} is refused`);
    this.reader = reader;
  }
}

type Step =
  | { readonly do: "commit"; readonly audience: AudienceIndex }
  | { readonly do: "announce" }
  | { readonly do: "outage" }
  | { readonly do: "recover" }
  | {
      readonly do: "ask";
      readonly audience: AudienceIndex;
      readonly floor: "none" | "head" | "future";
      readonly reads: Read;
    };
type Read = "answers" | "answers-from-a-replica" | "refused" | "fails";

const audience = fc.constantFrom<AudienceIndex[]>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("commit" as const), audience }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: "announce" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "outage" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "recover" }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("ask" as const),
      audience,
      floor: fc.constantFrom("none" as const, "head" as const, "head" as const, "future" as const),
      reads: fc.constantFrom<Read[]>("answers", "answers", "answers", "answers-from-a-replica", "refused", "fails"),
    }),
  },
);

/** What a read finds: whose numbers, and the how-manieth read it was. */
type Found = { readonly scope: string; readonly read: number };

type Asked = {
  readonly reader: number;
  readonly scope: string;
  readonly floor: number;
  /** The audience's last seq as the feed knew it when the demand came; 0 when the feed was not to be trusted. */
  readonly known: number;
  readonly healthy: boolean;
  /** How many reads had begun when the demand came. */
  readonly readsBefore: number;
  readonly reads: Read;
  outcome: Answer<Found> | { kind: "failed"; error: unknown } | undefined;
};

/** A marketplace that commits, a feed that lags and fails, and readers whose reads end in any order. */
async function play(scheduler: fc.Scheduler, steps: readonly Step[]) {
  let head = 0;
  let replica = 0;
  let now = 0;
  let readCount = 0;
  const lastSeqs: [number, number] = [0, 0];
  const known = { healthy: true, lastSeqs: [0, 0] as [number, number] };
  const underWay = new Map<string, number>();
  let mostUnderWay = 0;
  const asked: Asked[] = [];
  const cache = createVersionedCache({
    heads: {
      get healthy() {
        return known.healthy;
      },
      history: 0,
      lastSeqOf: (name) => known.lastSeqs[AUDIENCES.indexOf(name as "seller:1")] ?? 0,
    },
    maxEntries: 2,
    waitMs: 500,
    maxAgeMs: Number.POSITIVE_INFINITY,
    concernsReaderOnly: (error) => error instanceof RefusedToken,
    now: () => now,
    pause: (ms) => scheduler.schedule(Promise.resolve(), "pause").then(() => void (now += ms)),
  });

  async function read(demand: Asked): Promise<{ asOf: number; value: Found }> {
    readCount += 1;
    const value = { scope: demand.scope, read: readCount };
    // While the log is not followed, reads are each reader's own: apart from those of all, and here of one reader.
    const sharers = `${demand.scope} ${demand.healthy}`;
    const flying = (underWay.get(sharers) ?? 0) + 1;
    underWay.set(sharers, flying);
    mostUnderWay = Math.max(mostUnderWay, flying);
    const asOf = demand.reads === "answers-from-a-replica" ? replica : head;
    try {
      await scheduler.schedule(Promise.resolve(), `read of ${demand.reader}`);
      if (demand.reads === "refused") throw new RefusedToken(demand.reader);
      if (demand.reads === "fails") throw new Error("down");
      return { asOf, value };
    } finally {
      underWay.set(sharers, (underWay.get(sharers) ?? 0) - 1);
    }
  }

  function ask(index: AudienceIndex, floor: "none" | "head" | "future", reads: Read): void {
    const scope = AUDIENCES[index];
    const demand: Asked = {
      reader: asked.length,
      scope,
      floor: { none: 0, head: lastSeqs[index], future: head + 2 }[floor],
      known: known.healthy ? known.lastSeqs[index] : 0,
      healthy: known.healthy,
      readsBefore: readCount,
      reads,
      outcome: undefined,
    };
    asked.push(demand);
    void cache.get({ key: scope, audience: scope, reader: "r", floor: demand.floor, read: () => read(demand) }).then(
      (answer) => (demand.outcome = answer),
      (error: unknown) => (demand.outcome = { kind: "failed", error }),
    );
  }

  function perform(one: Step): void {
    switch (one.do) {
      case "commit":
        replica = head;
        head += 1;
        lastSeqs[one.audience] = head;
        return;
      case "announce":
        known.lastSeqs = [...lastSeqs];
        return;
      case "outage":
        known.healthy = false;
        return;
      case "recover":
        known.healthy = true;
        known.lastSeqs = [...lastSeqs];
        return;
      case "ask":
        return ask(one.audience, one.floor, one.reads);
    }
  }

  const run = scheduler.scheduleSequence(
    steps.map((one, index) => ({ label: `${index}: ${JSON.stringify(one)}`, builder: async () => perform(one) })),
  );
  await scheduler.waitFor(run.task);
  await scheduler.waitIdle();
  return { asked, mostUnderWay, readCount };
}

test("whatever commits, fails or overtakes: no answer is below its floor or another scope's, and all end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 1, maxLength: 25 }), async (scheduler, steps) => {
      const { asked, mostUnderWay, readCount } = await play(scheduler, steps);
      expect(mostUnderWay).toBeLessThanOrEqual(1);
      // One read each, and the retries of a floor that is not reached: 25 + 50 + 100 + 200 + 125 ms and the last.
      expect(readCount).toBeLessThanOrEqual(asked.length * 7);
      for (const { outcome, floor, known, healthy, readsBefore, scope, reads, reader } of asked) {
        if (outcome === undefined) throw new Error(`the demand of reader ${reader} did not end`);
        switch (outcome.kind) {
          case "fresh":
            expect(outcome.value.scope).toBe(scope);
            expect(outcome.asOf).toBeGreaterThanOrEqual(floor);
            if (outcome.source !== "read" && !asked.some((other) => other.reads === "answers-from-a-replica")) {
              expect(outcome.asOf).toBeGreaterThanOrEqual(known);
            }
            if (outcome.source === "cache" && !healthy) expect(outcome.value.read).toBeGreaterThan(readsBefore);
            break;
          case "stale":
            expect(outcome.asOf).toBeLessThan(floor);
            break;
          case "failed":
            if (outcome.error instanceof RefusedToken) {
              expect(reads).toBe("refused");
              expect(outcome.error.reader).toBe(reader);
            }
        }
      }
    }),
    { numRuns: 400 },
  );
});
