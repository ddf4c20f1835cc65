import { expect, test } from "bun:test";
import type { Notification } from "@espigon/event_contracts";
import { staleHint, staleRecord } from "./staleRecord.ts";

test.each<Notification>([
  { type: "ORDER_UPDATED", seller_id: "1", client_id: "7", metadata: { order_id: 9, action: "order_created" } },
  { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: { order_id: 9, action: "order_created" } },
  { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: { product_id: "4", action: "product_created" } },
  { type: "ADMIN_STATS_UPDATED", metadata: { product_id: "4", action: "product_deleted" } },
  { type: "PRODUCT_UPDATED", seller_id: "1", metadata: { product_id: "4", action: "product_updated" } },
  { type: "LOW_STOCK", seller_id: "1", metadata: { order_id: 9, product_id: "4" } },
])("names by the same ids what it is about when it is told again: %j", (notification) => {
  const told: unknown = JSON.parse(JSON.stringify(staleHint(staleRecord(notification, 12))));
  expect(told).toEqual({ ...notification, seq: 12 });
});
