import { afterEach, expect, test } from "bun:test";
import { createLogger } from "@espigon/service_kit";
import { memoryBroker } from "@espigon/event_feed";
import { RealtimeConfig } from "../config.ts";
import { startRealtimeService } from "../startRealtimeService.ts";
import { CLIENT_7, SECRET, SELLER_1, startNode, type TestNode, tokenFor } from "../testing/harness.ts";
import { orderEntry } from "../testing/orderEntry.ts";
import { rawUpgrade } from "../testing/rawUpgrade.ts";
import { openClient, until } from "../testing/testClient.ts";

let node: TestNode | undefined;
afterEach(() => node?.stop());

test("metrics tell connections, frames, closes, refusals and what the feed has seen", async () => {
  node = await startNode();
  const seller = await node.connect(SELLER_1);
  await node.broker.append([orderEntry(1)]);
  await node.broker.publish("events", "nonsense");
  await seller.next("ORDER_UPDATED");
  const refused = await fetch(`${node.url}/ws`, { headers: { upgrade: "websocket" } });
  expect(refused.status).toBe(401);
  const client = await node.connect(CLIENT_7);
  client.close();
  await client.closure();
  const read = async () => (await fetch(`${node?.url}/metrics`)).text();
  let text = "";
  await until(async () => (text = await read()).includes("realtime_closes_total{"), "the close among the metrics");
  for (const line of [
    'realtime_connections{role="SELLER"} 1',
    'realtime_connections{role="CLIENT"} 0',
    'realtime_frames_out_total{type="SELLER_STATS_UPDATED"} 1',
    'realtime_closes_total{cause="1005"} 1',
    'realtime_refusals_total{code="UNAUTHENTICATED"} 1',
    'realtime_feed{what="malformed"} 1',
    'realtime_feed{what="head"} 1',
    "realtime_delivery_seconds_count 2",
  ]) {
    expect(text).toContain(line);
  }
});

test("health and readiness are told apart, and what is unknown is a problem document", async () => {
  const logger = createLogger("test", "silent");
  const config = RealtimeConfig.parse({ PORT: "0", JWT_SECRET: SECRET, DRAIN_MS: "0" });
  const broker = { ...memoryBroker(), subscribe: () => () => {}, lastSeq: () => Promise.reject(new Error("away")) };
  const service = await startRealtimeService(config, { logger, broker });
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${service.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, { status: "unready", waiting_for: ["broker"] }]);
  const refused = await rawUpgrade(service.url, "/ws");
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
  await service.stop();
});

test("the log tells who connected and who was refused, and never holds a token", async () => {
  const lines: string[] = [];
  const logger = createLogger("test", "trace");
  for (const level of ["info", "warn", "error"] as const) {
    logger[level] = (...args: unknown[]) => void lines.push(JSON.stringify(args));
  }
  const config = RealtimeConfig.parse({ PORT: "0", JWT_SECRET: SECRET, ALLOW_QUERY_TOKEN: "true", DRAIN_MS: "0" });
  const service = await startRealtimeService(config, { logger, broker: memoryBroker() });
  while (!(await fetch(`${service.url}/readyz`)).ok) await Bun.sleep(5);
  const [good, bad] = [await tokenFor(SELLER_1), await tokenFor(SELLER_1, -99)];
  const client = await openClient(`${service.url.replace("http", "ws")}/ws?token=${good}`, good);
  client.send({ type: "AUTH", token: bad });
  await client.next("ERROR");
  await rawUpgrade(service.url, `/ws?token=${bad}`);
  await service.stop();
  expect(lines.some((line) => line.includes("client connected") && line.includes('"seller_id":"1"'))).toBe(true);
  expect(lines.some((line) => line.includes("connection refused") && line.includes("TOKEN_EXPIRED"))).toBe(true);
  for (const line of lines) {
    expect(line).not.toContain(good.split(".")[1] ?? "");
    expect(line).not.toContain(bad.split(".")[1] ?? "");
    expect(line).not.toContain("token=");
  }
});
