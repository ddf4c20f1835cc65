import { EVENTS_CHANNEL, type Notification, notificationsFor } from "@espigon/event_contracts";
import type { Broker, LogEntry } from "@espigon/event_feed";
import type { NumberedEvent } from "../sequencer/EventRow.ts";

export type StatsEventClient = {
  /**
   * Appends events of the log to the broker, each with its notifications. They ascend without gaps.
   * @returns the broker's last seq afterwards @throws when the broker fails; the call may be repeated.
   */
  publishEvents(events: readonly NumberedEvent[]): Promise<number>;
  /** Tells a seller's screens to read again, for a change that no event of the log tells. No promise of delivery. */
  notifySellerStatsUpdated(sellerId: string, metadata: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tells the administrators' screens to read again, for a change that no event of the log tells. */
  notifyAdminStatsUpdated(metadata: Readonly<Record<string, unknown>>): Promise<void>;
};

/** What rest_service says to the broker. Does not close it. */
export function createStatsEventClient(broker: Broker): StatsEventClient {
  const publish = (notification: Notification) => broker.publish(EVENTS_CHANNEL, JSON.stringify(notification));
  return {
    publishEvents: (events) => broker.append(events.map(logEntry)),
    notifySellerStatsUpdated: (seller_id, metadata) => publish({ type: "SELLER_STATS_UPDATED", seller_id, metadata }),
    notifyAdminStatsUpdated: (metadata) => publish({ type: "ADMIN_STATS_UPDATED", metadata }),
  };
}

/** An event that could not be understood tells nothing, but keeps its place: the log has no gaps. */
function logEntry({ seq, event }: NumberedEvent): LogEntry {
  const notifications = event === undefined ? [] : notificationsFor(event);
  return { seq, notifications: notifications.map((notification) => ({ ...notification, seq })) };
}
