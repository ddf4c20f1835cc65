import { expect, test } from "bun:test";
import fc from "fast-check";
import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeServer } from "./createFakeServer.ts";
import { createModelNode, keyOf } from "./createModelNode.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";

const STEPS = ["stats", "flush", "head", "skip", "cut", "replace", "forget", "answer"] as const;
type Step =
  | { readonly kind: (typeof STEPS)[number] }
  | { readonly kind: "order"; readonly id: number }
  /** An order makes two hints of one seq, and every link is cut between them. */
  | { readonly kind: "torn"; readonly id: number }
  /** Time passes, and whoever has come meanwhile is greeted. */
  | { readonly kind: "time"; readonly ms: number };

const oneOf = (...kinds: (typeof STEPS)[number][]) => fc.record({ kind: fc.constantFrom(...kinds) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: oneOf("stats", "flush", "head", "cut", "answer") },
  { weight: 1, arbitrary: oneOf("skip", "replace") },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), id: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("torn" as const), id: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("time" as const), ms: fc.constantFrom(10, 1_000, 6_000) }) },
);
/** A server that forgets says RESYNC, which hides what else is wrong: so in few of the plays, and once. */
const steps = fc
  .tuple(
    fc.array(step, { minLength: 20, maxLength: 60, size: "max" }),
    fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(oneOf("forget")) }),
    fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
  )
  .map((parts): readonly Step[] => parts.flat());

async function play(steps: readonly Step[], random: () => number): Promise<void> {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const node = createModelNode(server.sockets);
  const client = createRealtimeClient({
    url: "ws://node.test/ws",
    getToken: async () => "a.b.c",
    WebSocket: server.WebSocket,
    scheduler,
    random,
    signals: { isVisible: () => true, onWake: () => () => {} },
  });
  const known = new Map<string, number>();
  let allKnown = 0;
  client.subscribe((event) => {
    if (event.kind === "resync") allKnown = Math.max(allKnown, event.seq);
    if (event.kind === "notification") known.set(keyOf(event.notification), event.notification.seq ?? 0);
  });
  client.connect();
  await scheduler.advance(0);
  for (const next of steps) {
    if (next.kind === "order" || next.kind === "torn") node[next.kind](next.id);
    else if (next.kind === "time") {
      await scheduler.advance(next.ms);
      node.greet();
    } else node[next.kind]();
  }
  for (let round = 0; round < 12; round += 1) {
    node.flush();
    node.greet();
    node.head();
    node.answer();
    await scheduler.advance(4_000);
    node.answer();
  }
  expect(client.state().status).toBe("live");
  const lost = node.log.filter((entry) => entry.seq > allKnown && (known.get(keyOf(entry)) ?? 0) < entry.seq);
  expect(lost).toEqual([]);
  client.close();
  expect(scheduler.pending()).toBe(0);
}

test("whatever the order of frames, cuts and takeovers, a missed hint is known in the end", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })), (steps, randoms) =>
      play(steps, () => randoms.next().value ?? 0),
    ),
    { numRuns: 500 },
  );
}, 120_000);
