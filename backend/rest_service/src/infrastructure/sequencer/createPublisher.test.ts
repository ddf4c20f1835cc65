import { afterEach, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { DomainEvent } from "@espigon/event_contracts";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { Registry } from "prom-client";
import { silentLogger } from "../../testing/silentLogger.ts";
import { waitUntil } from "../../testing/waitUntil.ts";
import { createStatsEventClient } from "../clients/statsEventClient.ts";
import { createPublisher, type Publisher, type PublisherDeps } from "./createPublisher.ts";
import type { NumberedEvent } from "./EventRow.ts";
import { createSequencerMetrics } from "./sequencerMetrics.ts";

setDefaultTimeout(60_000);

const running: Publisher[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((publisher) => publisher.stop()));
});

describe("a publisher that leads", () => {
  test("publishes what it is offered, in order and at once", async () => {
    const { publisher, log, seqs } = start();
    publisher.lead(0);
    for (let seq = 1; seq <= 50; seq += 1) publisher.offer([log.append()]);
    await waitUntil("all are published", async () => (await seqs()).length === 50);
    expect(await seqs()).toEqual(range(1, 50));
  });

  test("reads nothing again that it was offered", async () => {
    const { publisher, log, broker, reads } = start();
    publisher.lead(0);
    publisher.offer(Array.from({ length: 1_200 }, () => log.append()));
    await waitUntil("all are published", async () => (await broker.lastSeq()) === 1_200);
    expect(reads).toEqual([]);
  });

  test("goes on from what the broker has", async () => {
    const { publisher, log, broker, seqs } = start();
    log.fill(20);
    await createStatsEventClient(broker).publishEvents(log.events.slice(0, 15));
    publisher.lead(20);
    await waitUntil("all are published", async () => (await broker.lastSeq()) === 20);
    expect(await seqs()).toEqual(range(1, 20));
  });

  test("refills an empty broker with the last window", async () => {
    const { publisher, log, broker, seqs } = start({ window: 30 });
    log.fill(100);
    publisher.lead(100);
    await waitUntil("the window is there", async () => (await broker.lastSeq()) === 100);
    expect(await seqs()).toEqual(range(71, 100));
  });

  test("refills a broker that was emptied behind its back, after a reconnect", async () => {
    let broker = memoryBroker();
    const { publisher, log } = start({}, () => broker);
    log.fill(10);
    publisher.lead(10);
    await waitUntil("all are published", async () => (await broker.lastSeq()) === 10);
    broker = memoryBroker();
    publisher.recheck();
    await waitUntil("all are published again", async () => (await broker.lastSeq()) === 10);
    expect((await broker.readAfter(0, 100)).map(({ seq }) => seq)).toEqual(range(1, 10));
  });

  test("loses and repeats nothing when the broker fails now and then, also after it took effect", async () => {
    const real = memoryBroker();
    let call = 0;
    const { publisher, log, seqs, metrics } = start(
      {
        lastSeq: () => real.lastSeq(),
        publishEvents: async (events) => {
          call += 1;
          if (call % 3 === 1) throw new Error("not reached");
          const last = await createStatsEventClient(real).publishEvents(events);
          if (call % 3 === 2) throw new Error("the answer was lost");
          return last;
        },
      },
      () => real,
    );
    publisher.lead(0);
    for (let seq = 1; seq <= 6; seq += 1) {
      publisher.offer([log.append()]);
      await waitUntil("it is published", async () => (await real.lastSeq()) === seq);
    }
    expect(await seqs()).toEqual(range(1, 6));
    expect((await metrics.publisherFailures.get()).values[0]?.value).toBeGreaterThan(0);
  });

  test("keeps a bounded number in memory and reads the rest from the log", async () => {
    let up = false;
    const { publisher, log, broker, reads, seqs } = start({
      lastSeq: async () => (up ? broker.lastSeq() : Promise.reject(new Error("down"))),
    });
    publisher.lead(0);
    for (let batch = 0; batch < 12; batch += 1) publisher.offer(Array.from({ length: 1_000 }, () => log.append()));
    expect(reads).toEqual([]);
    up = true;
    await waitUntil("all are published", async () => (await broker.lastSeq()) === 12_000);
    expect(await seqs()).toEqual(range(1, 12_000));
    expect(reads.length).toBeGreaterThan(0);
  });

  test.each([
    ["goes beyond the database's", 4],
    ["is another one, though it is shorter", 12],
  ])("publishes nothing to a broker whose log %s, until it is deleted", async (_, head) => {
    let broker = memoryBroker();
    const { publisher, log, metrics } = start({}, () => broker);
    const isForeign = async () => (await metrics.brokerForeign.get()).values[0]?.value === 1;
    const other = createLog("2026-11-24T11:00:00Z");
    other.fill(9);
    await createStatsEventClient(broker).publishEvents(other.events);
    log.fill(head);
    publisher.lead(head);
    await waitUntil("it is noticed", isForeign);
    publisher.offer([log.append()]);
    publisher.recheck();
    await waitUntil("it has looked again", isForeign);
    expect(await broker.lastSeq()).toBe(9);
    broker = memoryBroker();
    await waitUntil("the log is told", async () => (await broker.lastSeq()) === head + 1);
    expect(await isForeign()).toBe(false);
  });
});

test("a publisher whose leadership has passed to another cannot take the stream back", async () => {
  const broker = memoryBroker();
  const log = createLog();
  const zombie = start({}, () => broker, log).publisher;
  const leader = start({}, () => broker, log).publisher;
  log.fill(5);
  zombie.lead(5);
  await waitUntil("the first leads", async () => (await broker.lastSeq()) === 5);
  leader.lead(5);
  leader.offer([log.append(), log.append()]);
  await waitUntil("the second leads", async () => (await broker.lastSeq()) === 7);
  zombie.offer([{ seq: 6, event: undefined }]);
  leader.offer([log.append()]);
  await waitUntil("the second goes on", async () => (await broker.lastSeq()) === 8);
  const entries = await broker.readAfter(0, 100);
  expect(entries.map(({ seq }) => seq)).toEqual(range(1, 8));
  expect(entries[5]?.notifications).not.toEqual([]);
});

test("a publisher that does not lead publishes nothing", async () => {
  const { publisher, log, broker } = start();
  log.fill(3);
  publisher.lead(3);
  await waitUntil("all are published", async () => (await broker.lastSeq()) === 3);
  publisher.rest();
  log.append();
  publisher.recheck();
  await publisher.stop();
  expect(await broker.lastSeq()).toBe(3);
});

function start(overrides: Partial<PublisherDeps> = {}, brokerNow?: () => Broker, log = createLog()) {
  const own = memoryBroker();
  const broker = brokerNow ?? (() => own);
  const metrics = createSequencerMetrics(new Registry());
  const reads: number[] = [];
  const publisher = createPublisher({
    lastSeq: () => broker().lastSeq(),
    entryAt: async (seq) => (await broker().readAfter(seq - 1, 1)).find((entry) => entry.seq === seq),
    publishEvents: (events) => createStatsEventClient(broker()).publishEvents(events),
    readLog: async (after, limit) => {
      reads.push(after);
      return log.events.slice(after, after + limit);
    },
    readHead: async () => log.events.length,
    window: 100_000,
    logger: silentLogger,
    metrics,
    ...overrides,
  });
  running.push(publisher);
  const seqs = async () => (await broker().readAfter(0, 100_000)).map(({ seq }) => seq);
  return { publisher, log, broker: broker(), metrics, reads, seqs };
}

/** A log in memory. */
function createLog(at = "2026-11-24T12:00:00Z") {
  const events: NumberedEvent[] = [];
  const append = (): NumberedEvent => {
    const event: DomainEvent = {
      type: "CLIENT_REGISTERED",
      at,
      day: "2026-11-24",
      actor: { role: "SYSTEM" },
      client_id: String(events.length + 1),
      metadata: { action: "client_registered" },
      payload: { user_id: String(events.length + 1) },
    };
    const numbered = { seq: events.length + 1, event };
    events.push(numbered);
    return numbered;
  };
  return {
    events,
    append,
    fill(count: number) {
      for (let index = 0; index < count; index += 1) append();
    },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
