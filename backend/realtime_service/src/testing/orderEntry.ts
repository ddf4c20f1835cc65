import type { LogEntry } from "@espigon/event_feed";

const START = Date.now();

/**
 * An order's change as the publisher writes it: the seller's and the administrator's figures, and the order. Of
 * one seq it is always the same, since the same number of another instant is another event.
 */
export function orderEntry(seq: number, order_id = seq, seller_id = "1", client_id = "7"): LogEntry {
  const metadata = { order_id, action: "order_created" };
  const at = new Date(START + seq).toISOString();
  return {
    seq,
    notifications: [
      { type: "SELLER_STATS_UPDATED", seller_id, metadata, at, seq },
      { type: "ADMIN_STATS_UPDATED", metadata, at, seq },
      { type: "ORDER_UPDATED", seller_id, client_id, metadata, at, seq },
    ],
  };
}
/** The entries `from` to `to`, each of an order of its own. */
export function orderEntries(from: number, to: number): readonly LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => orderEntry(from + index));
}
