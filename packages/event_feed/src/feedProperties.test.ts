import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { logEntries } from "./brokerContract.ts";
import { createFeed } from "./createFeed.ts";
import { type Fate, faultyBroker } from "./faultyBroker.ts";
import { feedRecorder } from "./feedRecorder.ts";

type Step =
  | { readonly do: "append"; readonly count: number; readonly width: number }
  | { readonly do: "refill"; readonly back: number }
  | { readonly do: "forge"; readonly ahead: number }
  | { readonly do: "disconnect" | "connect" | "empty" | "release" | "breakReads" | "mendReads" | "check" | "wait" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      count: fc.integer({ min: 1, max: 12 }),
      width: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refill" as const), back: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("forge" as const), ahead: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "disconnect" as const,
        "connect" as const,
        "release" as const,
        "breakReads" as const,
        "mendReads" as const,
        "check" as const,
        "wait" as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("empty" as const) }) },
);
const fates = fc.infiniteStream(fc.constantFrom<Fate>("pass", "pass", "pass", "drop", "double", "hold"));

/** Lets everything that is under way come to its end. */
const settle = () => Bun.sleep(0);

describe("a feed over a broker that loses, doubles, reorders, disconnects, trims and forgets", () => {
  test("delivers each seq once and in order, or covers it by a gap", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), fates, async (steps, fateStream) => {
        const broker = faultyBroker({ window: 15 });
        broker.fates = () => fateStream.next().value ?? "pass";
        const { told, listener } = feedRecorder();
        const feed = createFeed({ broker, listener, quietCheckMs: 60_000 });
        feed.start();
        let last = 0;
        try {
          await feed.check();
          for (const each of steps) {
            switch (each.do) {
              case "append": {
                // As the publisher does: from the end of the log on, or the last window if the log is empty.
                await broker
                  .append(logEntries(Math.max(1, last - 10), last, each.width).slice(last === 0 ? 1 : 0))
                  .catch(() => {});
                await broker.append(logEntries(last + 1, last + each.count, each.width));
                last += each.count;
                break;
              }
              case "refill":
                if (last > 0) await broker.append(logEntries(Math.max(1, last - each.back), last));
                break;
              case "forge":
                await broker.publish("events", `{"type":"ADMIN_STATS_UPDATED","seq":${last + each.ahead}}`);
                break;
              case "breakReads":
                broker.unreadable = true;
                break;
              case "mendReads":
                broker.unreadable = false;
                break;
              case "check":
                await feed.check();
                break;
              case "wait":
                await settle();
                break;
              case "disconnect":
              case "connect":
              case "release":
              case "empty":
                broker[each.do]();
                break;
            }
          }
          broker.unreadable = false;
          broker.fates = () => "pass";
          broker.release();
          broker.connect();
          await settle();
          if (last > 0) await broker.append(logEntries(Math.max(1, last - 5), last + 1));
          await feed.check();
          await feed.check();

          expect(feed.head).toBe(last > 0 ? last + 1 : 0);
          let next = (told.startedAt ?? 0) + 1;
          for (const [from, to] of told.order) {
            expect(from).toBe(next);
            next = to + 1;
          }
          expect(next).toBe(feed.head + 1);
          for (const entry of told.entries) {
            expect(entry.notifications.every(({ seq }) => seq === entry.seq)).toBe(true);
          }
        } finally {
          feed.stop();
        }
      }),
      { numRuns: 300 },
    );
  });
});
