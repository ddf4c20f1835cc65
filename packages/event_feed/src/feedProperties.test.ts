import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { LogEntry } from "./Broker.ts";
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

type Told = { readonly seq: number; readonly at: string } | { readonly coversUpTo: number };

describe("a feed over a log that is restored from a backup now and then", () => {
  test("delivers what the log tells, or covers it by a gap or a restart that comes later", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("append" as const), count: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ do: fc.constant("restore" as const), lost: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ do: fc.constantFrom("look" as const, "breakReads" as const, "mendReads" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: "max" }), async (steps) => {
        const broker = faultyBroker({ window: 30 });
        const told: Told[] = [];
        const feed = createFeed({
          broker,
          quietCheckMs: 60_000,
          listener: {
            onStart: (seq) => told.push({ coversUpTo: seq }),
            onEntry: ({ seq, notifications }) => told.push({ seq, at: notifications[0]?.at ?? "" }),
            onGap: ({ to }) => told.push({ coversUpTo: to }),
            onRestart: ({ at }) => told.push({ coversUpTo: at }),
            onUnnumbered: () => {},
          },
        });
        feed.start();
        /** The truth, and how much had been told when each entry of it came. */
        let truth: { entry: LogEntry; told: number }[] = [];
        let time = Date.parse("2026-11-24T10:00:00Z");
        const append = async (count: number) => {
          const fresh = logEntries(truth.length + 1, truth.length + count).map(({ seq, notifications }) => {
            time += 1000;
            const at = new Date(time).toISOString();
            return { seq, notifications: notifications.map((each) => ({ ...each, at })) };
          });
          truth = [...truth, ...fresh.map((entry) => ({ entry, told: told.length }))];
          await broker.append(fresh);
        };
        try {
          await feed.check();
          for (const each of steps) {
            switch (each.do) {
              case "append":
                await append(each.count);
                break;
              case "restore":
                truth = truth.slice(0, Math.max(0, truth.length - each.lost));
                broker.empty();
                await broker.append(truth.slice(-30).map(({ entry }) => entry));
                break;
              case "look":
                await feed.check();
                break;
              case "breakReads":
              case "mendReads":
                broker.unreadable = each.do === "breakReads";
            }
          }
          broker.unreadable = false;
          await append(1);
          await feed.check();
          await feed.check();
          for (const { entry, told: before } of truth) {
            const at = entry.notifications[0]?.at;
            const isTold = told.some((each) => "seq" in each && each.seq === entry.seq && each.at === at);
            const isCovered = told.slice(before).some((each) => "coversUpTo" in each && each.coversUpTo >= entry.seq);
            if (!isTold && !isCovered) throw new Error(`seq ${entry.seq} of ${at} was never told`);
          }
          expect(feed.head).toBeGreaterThanOrEqual(truth.length);
        } finally {
          feed.stop();
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a feed over a broker that loses, doubles, reorders, disconnects, trims and forgets", () => {
  test("delivers each seq once and in order, or covers it by a gap or, where it cannot be sure of the log, a restart", async () => {
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
