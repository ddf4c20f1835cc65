import { afterEach, expect, test } from "bun:test";
import { memoryBroker } from "@espigon/event_feed";
import { followRevocations } from "./followRevocations.ts";

const broker = memoryBroker();
afterEach(() => broker.close());

test("hears the sessions that others have ended, and survives whatever else is published", async () => {
  const forgotten: string[] = [];
  const unfollow = followRevocations(broker, (ids) => void forgotten.push(...ids));
  const notice = (session_ids: string[]) =>
    JSON.stringify({
      type: "ACCESS_REVOKED",
      user_id: "7",
      metadata: { reason: "logout", session_ids, whole_account: false },
    });
  await broker.publish("events", '{"type":"ADMIN_STATS_UPDATED","metadata":{}}');
  await broker.publish("events", '{"type":"ACCESS_REVOKED"');
  await broker.publish("events", '{"type":"ACCESS_REVOKED","metadata":{"session_ids":[7]}}');
  await broker.publish("events", notice(["a", "b"]));
  await Bun.sleep(0);
  expect(forgotten).toEqual(["a", "b"]);
  unfollow();
  await broker.publish("events", notice(["c"]));
  await Bun.sleep(0);
  expect(forgotten).toEqual(["a", "b"]);
});
