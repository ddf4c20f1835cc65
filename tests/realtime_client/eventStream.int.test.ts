import { afterEach, expect, test } from "bun:test";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createRealtimeClient, type RealtimeEvent } from "@espigon/realtime_client";
import { type Service, signAccessToken } from "@espigon/service_kit";
import { JWT_SECRET, startNode, until } from "./startNode.ts";

/** Ends what a test has opened, the youngest first. */
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.toReversed()) await close();
  opened.length = 0;
});

async function startOwnNode(broker: Broker): Promise<Service> {
  const service = await startNode(broker);
  opened.push(() => service.stop());
  return service;
}

/** A client that no socket gets through for, live on an event stream, whose first token lives so long. */
async function setUp(streamTokenLifeS = 900) {
  const broker = memoryBroker();
  opened.push(() => broker.close());
  let target = await startOwnNode(broker);
  let streams = 0;
  const events: RealtimeEvent[] = [];
  const states: string[] = [];
  const sign = (lifeS: number) =>
    signAccessToken(JWT_SECRET, {
      user_id: "7",
      role: "SELLER",
      seller_id: "1",
      expires_at: Math.floor(Date.now() / 1_000) + lifeS,
    });
  const client = createRealtimeClient({
    url: "ws://127.0.0.1:1/ws",
    fallbackUrl: "http://balancer.test/sse",
    random: () => 0,
    getToken: () => sign(streams === 0 ? streamTokenLifeS : 900),
    // Stands for the balancer: every new stream goes to the node of the moment.
    fetch: (url, init) => {
      streams += 1;
      return fetch(url.replace("http://balancer.test", target.url), init);
    },
  });
  opened.push(async () => client.close());
  client.onState(({ status }) => states.push(status));
  client.subscribe((event) => events.push(event));
  client.connect();
  await until(() => client.state().status === "live");
  return {
    broker,
    client,
    states,
    sign,
    streams: () => streams,
    target: () => target,
    moveTo: (next: Service) => {
      target = next;
    },
    happen: (seq: number) =>
      broker.append([{ seq, notifications: [{ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq }] }]),
    heard: () => events.flatMap((event) => (event.kind === "notification" ? [event.notification.seq] : [])),
  };
}

test("hints arrive over an event stream, and over the next one when a node leaves, without a moment offline", async () => {
  const { broker, states, happen, heard, target, moveTo } = await setUp();
  await happen(1);
  await until(() => heard().includes(1));
  const first = target();
  moveTo(await startOwnNode(broker));
  states.length = 0;
  const stopped = first.stop();
  await happen(2);
  await stopped;
  await happen(3);
  await until(() => heard().includes(3));
  expect(heard()).toEqual([1, 2, 3]);
  expect(states).toEqual([]);
});

test("a newer token takes another stream", async () => {
  const { client, streams, sign, happen, heard } = await setUp();
  const before = streams();
  client.authenticate(await sign(899));
  await until(() => streams() === before + 1);
  await happen(1);
  await until(() => heard().includes(1));
});

test("an expired token is renewed", async () => {
  const { client, streams, happen, heard } = await setUp(5);
  const before = streams();
  await until(() => streams() > before && client.state().status === "live");
  await happen(1);
  await until(() => heard().includes(1));
});

test("a room's hints arrive from the join on", async () => {
  const { client, broker, heard } = await setUp();
  client.joinRoom("catalog");
  const product = { type: "PRODUCT_UPDATED" as const, seller_id: "2", metadata: { product_id: "9" } };
  for (let seq = 1; !heard().includes(seq - 1) || seq === 1; seq += 1) {
    await broker.append([{ seq, notifications: [{ ...product, seq }] }]);
    expect(seq).toBeLessThan(200);
    await Bun.sleep(20);
  }
});
