import { type Notification, type NotificationType, staleKeyOf } from "@espigon/event_contracts";

/** What a notification made stale, without its text: ids and a seq. One record serves all its audiences. */
export type StaleRecord = {
  readonly key: string;
  readonly seq: number;
  readonly type: NotificationType;
  readonly seller_id: string | undefined;
  readonly client_id: string | undefined;
  readonly user_id: string | undefined;
  readonly order_id: string | number | undefined;
  readonly product_id: string | number | undefined;
  readonly action: string | undefined;
};

export function staleRecord(notification: Notification, seq: number): StaleRecord {
  const { metadata } = notification;
  return {
    key: staleKeyOf(notification),
    seq,
    type: notification.type,
    seller_id: "seller_id" in notification ? notification.seller_id : undefined,
    client_id: "client_id" in notification ? notification.client_id : undefined,
    user_id: "user_id" in notification ? notification.user_id : undefined,
    order_id: idOf(metadata["order_id"]),
    product_id: idOf(metadata["product_id"]),
    action: typeof metadata["action"] === "string" ? metadata["action"] : undefined,
  };
}

/** The hint that the record stands for. Absent fields stay out of its JSON. */
export function staleHint(record: StaleRecord): object {
  const { type, seller_id, client_id, user_id, order_id, product_id, action, seq } = record;
  return { type, seller_id, client_id, user_id, metadata: { order_id, product_id, action }, seq };
}

function idOf(value: unknown): string | number | undefined {
  return typeof value === "number" || (typeof value === "string" && value.length <= 64) ? value : undefined;
}
