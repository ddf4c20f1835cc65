import type { AccessRevokedNotice, FeedMessage } from "@espigon/event_contracts";
import { type Broker, createFeed, type Feed, type FeedLogger, type FeedStatus } from "@espigon/event_feed";
import type { Revocations } from "@espigon/service_kit";
import type { Hub } from "./hub.ts";

export type RedisPubSubDeps = {
  readonly broker: Broker;
  readonly hub: Hub;
  readonly revocations: Pick<Revocations, "startAfter" | "hear" | "miss">;
  /** Called after `revocations` has heard it. */
  readonly onRevoked: (notice: AccessRevokedNotice) => void;
  /** Called when revocations may have been missed. */
  readonly onMissed: () => void;
  readonly logger: FeedLogger;
  readonly onStatus: (status: FeedStatus) => void;
};

/**
 * Listens to `events` and `ws:room:*` through the gap-free feed: what concerns access goes to the revocations, all else
 * to the hub. The caller starts it.
 */
export function createRedisPubSub(deps: RedisPubSubDeps): Feed {
  const { broker, hub, revocations, logger, onStatus } = deps;
  const tell = (notification: FeedMessage) => {
    revocations.hear(notification);
    if (notification.type === "ACCESS_REVOKED") deps.onRevoked(notification);
    else hub.broadcastStatsEvent(notification);
  };
  return createFeed({
    broker,
    logger,
    listener: {
      onStart(seq) {
        hub.forgetUpTo(seq, false);
        revocations.startAfter(seq);
      },
      onEntry(entry, when) {
        for (const notification of entry.notifications) {
          if (when === "live") tell(notification);
          else {
            revocations.hear(notification);
            if (notification.type !== "ACCESS_REVOKED") hub.recall(notification, entry.seq);
          }
        }
        hub.advanceTo(entry.seq);
      },
      onGap(gap) {
        hub.forgetUpTo(gap.to, true);
        revocations.miss();
        deps.onMissed();
      },
      onRestart(restart) {
        hub.restartAt(restart);
        revocations.miss();
        deps.onMissed();
      },
      onUnnumbered: tell,
      onRoomMessage: (room, payload) => hub.broadcastRoomMessage(room, payload),
      onStatus(status) {
        if (status === "live") logger.info({}, "Redis pub/sub is live (listening to 'ws:room:*' and 'events')");
        onStatus(status);
      },
    },
  });
}
