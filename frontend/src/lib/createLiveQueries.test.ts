import { expect, test } from "bun:test";
import type { RealtimeEvent } from "@espigon/realtime_client";
import { createFakeScheduler } from "@espigon/realtime_client/testing";
import { createLiveQueries } from "./createLiveQueries.ts";

/** Two queries of orders on a page, one whose answers are numbered, and what is told to them. */
async function setUp() {
  const scheduler = createFakeScheduler();
  const listeners = new Set<(event: RealtimeEvent) => void>();
  const watchers = new Set<() => void>();
  let visible = true;
  const queries = createLiveQueries({
    realtime: {
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onState: () => () => {},
    },
    scheduler,
    random: () => 0,
    visibility: {
      isVisible: () => visible,
      subscribe(listener) {
        watchers.add(listener);
        return () => watchers.delete(listener);
      },
    },
    isFinal: () => false,
  });
  const reads = { numbered: 0, bare: 0 };
  const start = (key: keyof typeof reads) =>
    queries
      .prepare({
        key,
        numbered: key === "numbered",
        concerns: ({ type }) => type === "ORDER_UPDATED",
        load: async (floor) => {
          reads[key] += 1;
          return floor;
        },
      })
      .start();
  const ends = [start("numbered"), start("bare")];
  await scheduler.advance(2_000);
  const since = async (work: () => void) => {
    const before = { ...reads };
    work();
    await scheduler.advance(2_000);
    return [reads.numbered - before.numbered, reads.bare - before.bare];
  };
  const tell = (event: RealtimeEvent) => {
    for (const listener of listeners) listener(event);
  };
  const see = (next: boolean) => {
    visible = next;
    for (const watcher of watchers) watcher();
  };
  return { queries, ends, since, tell, see };
}

const hint = (seq?: number, type: "ORDER_UPDATED" | "LOW_STOCK" = "ORDER_UPDATED"): RealtimeEvent => ({
  kind: "notification",
  notification: { type, seller_id: "1", client_id: "7", metadata: {}, ...(seq === undefined ? {} : { seq }) },
  replayed: false,
});

test("a hint that concerns them is read after, with a number or without; any other is not", async () => {
  const { since, tell } = await setUp();
  expect(await since(() => tell(hint(5)))).toEqual([1, 1]);
  expect(await since(() => tell(hint()))).toEqual([1, 1]);
  expect(await since(() => tell(hint(6, "LOW_STOCK")))).toEqual([0, 0]);
});

test("a resync is read after whatever its number, and new numbers too, though they are lower", async () => {
  const { since, tell } = await setUp();
  await since(() => tell(hint(5)));
  expect(await since(() => tell({ kind: "resync", reason: "gap", seq: 9 }))).toEqual([1, 1]);
  expect(await since(() => tell({ kind: "resync", reason: "unknown_seq", seq: 2 }))).toEqual([1, 1]);
  expect(await since(() => tell(hint(3)))).toEqual([1, 1]);
});

test("a hidden page reads once when it is seen again", async () => {
  const { since, tell, see } = await setUp();
  see(false);
  expect(await since(() => [5, 6, 7].forEach((seq) => tell(hint(seq))))).toEqual([0, 0]);
  expect(await since(() => see(true))).toEqual([1, 1]);
});

test("what has left the page is neither read nor kept", async () => {
  const { queries, ends, since, tell } = await setUp();
  tell(hint(5));
  for (const end of ends) end();
  expect(queries.states()).toEqual([]);
  expect(await since(() => tell(hint(6)))).toEqual([0, 0]);
});
