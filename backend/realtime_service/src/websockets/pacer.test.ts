import { describe, expect, test } from "bun:test";
import { type Audience, audiencesOf, type Notification, staleKeyOf } from "@espigon/event_contracts";
import fc from "fast-check";
import { createConflation } from "./conflation.ts";
import { createPacer } from "./pacer.ts";
import { until } from "../testing/testClient.ts";

const sellerHint = (seq: number, seller_id = "1"): Notification => ({
  type: "SELLER_STATS_UPDATED",
  seller_id,
  metadata: { order_id: seq },
  seq,
});
const orderHint = (seq: number): Notification => ({
  type: "ORDER_UPDATED",
  seller_id: "1",
  client_id: "7",
  metadata: { order_id: seq },
  seq,
});

/** The audiences of one imaginary socket each. */
const SOCKETS: readonly (readonly Audience[])[] = [
  ["admin", "user:1"],
  ["seller:1", "user:11", "room:catalog"],
  ["client:7", "user:7"],
];

/** A pacer on a clock that the test moves. */
function pacedBy(clock: { time: number }) {
  const sent: { notification: Notification; audiences: readonly Audience[] }[] = [];
  const now = () => clock.time;
  const pacer = createPacer({
    now,
    conflation: createConflation(now),
    send: (notification, audiences) => void sent.push({ notification, audiences }),
    shareSocket: (one, other) => SOCKETS.some((audiences) => audiences.includes(one) && audiences.includes(other)),
  });
  const heardBy = (socket: readonly Audience[]) =>
    sent
      .filter(({ audiences }) => audiences.some((audience) => socket.includes(audience)))
      .map(({ notification }) => notification);
  return { pacer, sent, heardBy };
}

describe("the pace of a hub", () => {
  test("after a pause everything of one turn leaves at once, in order", async () => {
    const { pacer, sent } = pacedBy({ time: 1000 });
    pacer.push(sellerHint(1));
    pacer.push(orderHint(1));
    expect(pacer.oldestSeq()).toBe(1);
    await Promise.resolve();
    expect(sent.map(({ notification }) => notification.type)).toEqual(["SELLER_STATS_UPDATED", "ORDER_UPDATED"]);
    expect(pacer.oldestSeq()).toBeUndefined();
  });

  test("right after that it waits for the tick", async () => {
    const { pacer, sent } = pacedBy({ time: 1000 });
    pacer.push(sellerHint(1));
    await Promise.resolve();
    pacer.push(sellerHint(2));
    await Promise.resolve();
    expect(sent).toHaveLength(1);
    pacer.flush();
    expect(sent).toHaveLength(2);
    pacer.stop();
  });

  test("a clock that is set back holds nothing up, neither what waits for a tick nor what is merged", async () => {
    const clock = { time: 10_000_000 };
    const { pacer, sent } = pacedBy(clock);
    for (let seq = 1; seq <= 20; seq += 1) pacer.push(sellerHint(seq));
    await Promise.resolve();
    expect(pacer.oldestSeq()).toBe(11);
    clock.time -= 3_600_000;
    pacer.push(orderHint(21));
    pacer.push(sellerHint(22, "2"));
    await until(() => pacer.oldestSeq() === undefined, "an empty pacer");
    expect(sent.map(({ notification }) => notification.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 21, 22]);
    pacer.stop();
  });

  test("ten statistics hints of an audience pass in 100 ms, the rest is one with their number, and so on while it lasts", () => {
    const clock = { time: 1000 };
    const { pacer, sent } = pacedBy(clock);
    const send = (from: number, to: number) => {
      for (let seq = from; seq <= to; seq += 1) pacer.push(sellerHint(seq));
      clock.time += 10;
    };
    const tick = () => {
      pacer.push(sellerHint(0, "2"));
      clock.time += 90;
      pacer.flush();
    };
    send(1, 30);
    tick();
    send(31, 45);
    tick();
    const mine = sent.filter(({ audiences }) => audiences[0] === "seller:1").map(({ notification }) => notification);
    expect(mine.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 45]);
    expect(mine.at(-2)?.metadata).toEqual({ order_id: 30, count: 20 });
    expect(mine.at(-1)?.metadata).toEqual({ order_id: 45, count: 15 });
    pacer.stop();
  });

  test("orders are never merged, and no later frame of a socket overtakes a merged hint", () => {
    const { pacer, heardBy } = pacedBy({ time: 1000 });
    for (let seq = 1; seq <= 40; seq += 1) {
      pacer.push(sellerHint(seq));
      if (seq % 10 === 0) pacer.push(orderHint(seq));
    }
    pacer.flush();
    const heard = heardBy(SOCKETS[1] ?? []);
    expect(heard.filter(({ type }) => type === "ORDER_UPDATED").map(({ seq }) => seq)).toEqual([10, 20, 30, 40]);
    expect(heard.map(({ seq }) => seq)).toEqual(heard.map(({ seq }) => seq).sort((a, b) => (a ?? 0) - (b ?? 0)));
    pacer.stop();
  });

  test("in a storm with orders between, one hint a tick stands for all of its statistics", () => {
    const { pacer, heardBy } = pacedBy({ time: 1000 });
    for (let seq = 1; seq <= 100; seq += 1) {
      pacer.push(sellerHint(seq));
      pacer.push(orderHint(seq));
    }
    pacer.flush();
    const statistics = heardBy(SOCKETS[1] ?? []).filter(({ type }) => type === "SELLER_STATS_UPDATED");
    expect(statistics.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]);
    expect(statistics.at(-1)?.metadata["count"]).toBe(90);
    pacer.stop();
  });

  test("for any storm: each socket's seqs never go down, and every key ends at its newest", async () => {
    const kind = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("seller", "admin") },
      { weight: 1, arbitrary: fc.constantFrom("order", "user1", "user11", "product") },
    );
    const wait = fc.oneof(
      { weight: 20, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 250 }) },
    );
    const event = fc.record({ kind, wait, turn: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 200, size: "max" }), async (events) => {
        const clock = { time: 1000 };
        const { pacer, heardBy } = pacedBy(clock);
        const all: Notification[] = [];
        for (const [index, { kind, wait, turn }] of events.entries()) {
          const notification = notificationOf(kind, index + 1);
          all.push(notification);
          clock.time += wait;
          pacer.push(notification);
          if (turn) await Promise.resolve();
        }
        pacer.flush();
        pacer.stop();
        expect(pacer.oldestSeq()).toBeUndefined();
        for (const socket of SOCKETS) {
          const heard = heardBy(socket);
          const seqs = heard.map(({ seq }) => seq ?? 0);
          expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
          const meant = all.filter((notification) =>
            audiencesOf(notification).some((audience) => socket.includes(audience)),
          );
          expect(newestByKey(heard)).toEqual(newestByKey(meant));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function notificationOf(kind: string, seq: number): Notification {
  switch (kind) {
    case "seller":
      return sellerHint(seq);
    case "admin":
      return { type: "ADMIN_STATS_UPDATED", metadata: {}, seq };
    case "order":
      return orderHint(seq);
    case "product":
      return { type: "PRODUCT_UPDATED", seller_id: "2", metadata: { product_id: String(seq % 3) }, seq };
    default:
      return { type: "NOTIFICATION_CREATED", user_id: kind.slice("user".length), metadata: {}, seq };
  }
}

function newestByKey(notifications: readonly Notification[]): Record<string, number> {
  return Object.fromEntries(notifications.map((notification) => [staleKeyOf(notification), notification.seq ?? 0]));
}
