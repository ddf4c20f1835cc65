import { type Broker, createFeed, type Feed, type FeedLogger, type FeedStatus } from "@espigon/event_feed";
import type { Hub } from "./hub.ts";

export type RedisPubSubDeps = {
  readonly broker: Broker;
  readonly hub: Hub;
  readonly logger: FeedLogger;
  readonly onStatus: (status: FeedStatus) => void;
};

/** Listens to `events` and `ws:room:*` through the gap-free feed, and hands on to the hub. The caller starts it. */
export function createRedisPubSub({ broker, hub, logger, onStatus }: RedisPubSubDeps): Feed {
  return createFeed({
    broker,
    logger,
    listener: {
      onStart: (seq) => hub.forgetUpTo(seq, false),
      onEntry(entry, when) {
        for (const notification of entry.notifications) {
          if (when === "live") hub.broadcastStatsEvent(notification);
          else hub.recall(notification, entry.seq);
        }
        hub.advanceTo(entry.seq);
      },
      onGap: (gap) => hub.forgetUpTo(gap.to, true),
      onUnnumbered: (notification) => hub.broadcastStatsEvent(notification),
      onRoomMessage: (room, payload) => hub.broadcastRoomMessage(room, payload),
      onStatus(status) {
        if (status === "live") logger.info({}, "Redis pub/sub is live (listening to 'ws:room:*' and 'events')");
        onStatus(status);
      },
    },
  });
}
