import { expect, test } from "bun:test";
import { EVENTS_CHANNEL } from "@espigon/event_contracts";
import { memoryBroker } from "@espigon/event_feed";
import { waitUntil } from "../../testing/waitUntil.ts";
import { createStatsEventClient } from "./statsEventClient.ts";

test("hints without a number go to the channel as the seed had them", async () => {
  const broker = memoryBroker();
  const heard: unknown[] = [];
  broker.subscribe([EVENTS_CHANNEL], {
    onMessage: (_, payload) => heard.push(JSON.parse(payload)),
    onUp() {},
    onDown() {},
  });
  const client = createStatsEventClient(broker);
  await client.notifySellerStatsUpdated("123", { order_id: 456, action: "order_delivered" });
  await client.notifyAdminStatsUpdated({ order_id: 456 });
  await waitUntil("both are heard", () => heard.length === 2);
  expect(heard).toEqual([
    { type: "SELLER_STATS_UPDATED", seller_id: "123", metadata: { order_id: 456, action: "order_delivered" } },
    { type: "ADMIN_STATS_UPDATED", metadata: { order_id: 456 } },
  ]);
  expect(await broker.lastSeq()).toBe(0);
});

test("an event becomes an entry with all that it tells, and one that was not understood an empty one", async () => {
  const broker = memoryBroker();
  const event = {
    type: "CLIENT_REGISTERED" as const,
    at: "2026-11-24T12:00:00Z",
    day: "2026-11-24",
    actor: { role: "SYSTEM" as const },
    client_id: "7",
    metadata: { action: "client_registered" as const },
    payload: { user_id: "7" },
  };
  await createStatsEventClient(broker).publishEvents([
    { seq: 1, event },
    { seq: 2, event: undefined },
  ]);
  const [told, silent] = await broker.readAfter(0, 10);
  expect(told?.notifications.map(({ type, seq, at }) => [type, seq, at])).toEqual([
    ["CLIENT_REGISTERED", 1, event.at],
    ["ADMIN_STATS_UPDATED", 1, event.at],
  ]);
  expect(silent).toEqual({ seq: 2, notifications: [] });
});
