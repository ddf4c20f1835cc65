import { FeedMessage, type NumberedMessage } from "@espigon/event_contracts";
import type { LogEntry } from "./Broker.ts";

/** The notifications of an entry as they stand on the wire: each is one message, and together they are field `e`. */
export function encodeNotifications(entry: LogEntry): readonly string[] {
  return entry.notifications.map((notification) => JSON.stringify(notification));
}

/**
 * Reads one entry of the stream. `undefined` when the entry was not written by us: to a reader it is then a gap, which
 * is noticed and told, instead of a notification that somebody half understood.
 */
export function decodeEntry(seq: number, field: string): LogEntry | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(field);
  } catch {
    return undefined;
  }
  if (!Number.isSafeInteger(seq) || seq < 1 || !Array.isArray(parsed)) return undefined;
  const notifications: NumberedMessage[] = [];
  for (const item of parsed) {
    const notification = FeedMessage.safeParse(item);
    if (!notification.success || notification.data.seq !== seq) return undefined;
    notifications.push({ ...notification.data, seq });
  }
  return { seq, notifications };
}
