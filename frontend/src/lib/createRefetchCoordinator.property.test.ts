import { expect, test } from "bun:test";
import fc from "fast-check";
import { setUpCoordinator as setUp } from "./setUpCoordinator.ts";

type Step =
  | { readonly do: "happen"; readonly spread: boolean }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "refetch" }
  | { readonly do: "fail" }
  | { readonly do: "see"; readonly visible: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("happen" as const), spread: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 900 }) }) },
  fc.constant<Step>({ do: "refetch" }),
  fc.constant<Step>({ do: "fail" }),
  fc.record({ do: fc.constant("see" as const), visible: fc.boolean() }),
);

test("whatever happens: one request in flight, never an older state, a bounded rate, and the newest in the end", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 80 }),
      fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 20 }),
      async (steps, latencies) => {
        let turn = 0;
        const latencyMs = () => latencies[(turn += 1) % latencies.length] ?? 1;
        const { scheduler, coordinator, starts, failures, happen, see, mostInFlight } = setUp({ latencyMs });
        let shown = -1;
        coordinator.subscribe(() => {
          const next = coordinator.state().shown ?? -1;
          expect(next).toBeGreaterThanOrEqual(shown);
          shown = next;
        });
        let newest = 0;
        for (const each of steps) {
          if (each.do === "happen") newest = happen(each.spread);
          else if (each.do === "wait") await scheduler.advance(each.ms);
          else if (each.do === "refetch") coordinator.refetch();
          else if (each.do === "fail") failures.push(new Error("no answer"));
          else see(each.visible);
        }
        see(true);
        await scheduler.advance(400_000);
        expect(mostInFlight()).toBe(1);
        expect(coordinator.state()).toMatchObject({ inFlight: false, error: undefined, staleSince: null });
        expect(coordinator.state().shown).toBeGreaterThanOrEqual(newest);
        for (const [index, { at }] of starts.entries()) {
          if (index > 0) expect(at - (starts[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(250);
        }
        coordinator.dispose();
        expect(scheduler.pending()).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
