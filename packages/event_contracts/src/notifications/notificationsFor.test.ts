import { describe, expect, test } from "bun:test";
import { DomainEvent } from "../events/domainEvent.ts";
import { ORDER_EVENT_TYPES } from "../events/orderEvent.ts";
import { FeedMessage } from "./notification.ts";
import { notificationsFor } from "./notificationsFor.ts";

const SECRET_CENTS = 98_765_431;

function orderEvent(type: (typeof ORDER_EVENT_TYPES)[number]): DomainEvent {
  return DomainEvent.parse({
    type,
    at: "2026-11-24T05:00:00.000Z",
    day: "2026-11-24",
    actor: { user_id: "7", role: "CLIENT" },
    seller_id: "123",
    client_id: "7",
    order_id: 456,
    metadata: { action: "status_updated" },
    payload: {
      from: null,
      to: "pending_payment",
      version: 3,
      order_day: "2026-11-24",
      totals: { subtotal: SECRET_CENTS, tax: 0, total: SECRET_CENTS },
      items: [
        {
          product_id: "9",
          name: "Dorado",
          quantity: 2,
          unit_price: SECRET_CENTS,
          iva_bp: 0,
          line_total: SECRET_CENTS,
        },
      ],
      low_stock: [{ product_id: "9", name: "Dorado", stock: 1, threshold: 5 }],
    },
  });
}

describe("notificationsFor", () => {
  test("tells of an order to its seller, its client and the administrators, and of low stock to the seller", () => {
    const told = notificationsFor(orderEvent("ORDER_CREATED"));
    expect(told.map(({ type }) => type)).toEqual([
      "SELLER_STATS_UPDATED",
      "ADMIN_STATS_UPDATED",
      "ORDER_UPDATED",
      "LOW_STOCK",
    ]);
    expect(told[2]).toMatchObject({ seller_id: "123", client_id: "7", metadata: { order_id: 456, version: 3 } });
  });

  test("carries ids and a state, never an amount of money", () => {
    for (const type of ORDER_EVENT_TYPES) {
      expect(JSON.stringify(notificationsFor(orderEvent(type)))).not.toContain(String(SECRET_CENTS));
    }
  });

  test("gives only notifications that pass the schema of the wire", () => {
    for (const type of ORDER_EVENT_TYPES) {
      for (const notification of notificationsFor(orderEvent(type))) {
        expect(FeedMessage.parse(notification)).toEqual(notification);
      }
    }
  });

  const head = { at: "2026-11-24T05:00:00.000Z", day: "2026-11-24", actor: { role: "SYSTEM" } };

  test("tells of a product to all who see it, and that the seller's own figures may have changed", () => {
    const low_stock = [{ product_id: "9", name: "Dorado", stock: 1, threshold: 5 }];
    const payload = { product_id: "9", name: "Dorado", price: 1, stock: 1, low_stock };
    const event = {
      ...head,
      type: "PRODUCT_UPDATED",
      seller_id: "123",
      metadata: { action: "product_updated" },
      payload,
    };
    const told = notificationsFor(DomainEvent.parse(event));
    expect(told.map(({ type }) => type)).toEqual(["PRODUCT_UPDATED", "SELLER_STATS_UPDATED", "LOW_STOCK"]);
    expect(told.every(({ at }) => at === head.at)).toBe(true);
  });

  test("tells services whose access ended, with the instant by which they know how old their window is", () => {
    const payload = { user_id: "7", reason: "logout", session_ids: ["a", "b"], whole_account: true };
    const { user_id, ...metadata } = payload;
    expect(notificationsFor(DomainEvent.parse({ ...head, type: "ACCESS_REVOKED", metadata: {}, payload }))).toEqual([
      { type: "ACCESS_REVOKED", user_id, metadata, at: head.at } as never,
    ]);
  });
});
