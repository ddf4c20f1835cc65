import { audiencesOf, type FeedMessage } from "@espigon/event_contracts";
import { type Broker, createFeed } from "@espigon/event_feed";
import { createRevocations, type Logger, type Revocations } from "@espigon/service_kit";
import type { ScopeHeads } from "../cache/ScopeHeads.ts";
import { createScopeHeads } from "./createScopeHeads.ts";

/** More audiences than this and the quietest share one upper bound. */
const MAX_AUDIENCES = 50_000;

export type FollowedLog = {
  readonly heads: ScopeHeads;
  readonly revocations: Pick<Revocations, "guard">;
  stop(): void;
};

/**
 * Follows the numbered log, to know at any moment how far each audience has come, and whose access was revoked. Healthy
 * while the feed is live.
 */
export function followLog(broker: Broker, logger: Logger): FollowedLog {
  const revocations = createRevocations({ now: Date.now });
  const heads = createScopeHeads(MAX_AUDIENCES);
  const hear = (seq: number, notifications: readonly FeedMessage[]) => {
    heads.record(seq, notifications.flatMap(audiencesOf));
    for (const notification of notifications) revocations.hear(notification);
  };
  const feed = createFeed({
    broker,
    logger,
    listener: {
      onStart(seq) {
        heads.forgetUpTo(seq);
        revocations.startAfter(seq);
      },
      onEntry: ({ seq, notifications }) => hear(seq, notifications),
      onGap({ to }) {
        heads.forgetUpTo(to);
        revocations.miss();
      },
      onRestart({ at }) {
        heads.restartAt(at);
        revocations.miss();
      },
      // Somebody outside the log says that something changed: what was read until now is not trusted any more.
      onUnnumbered: (notification) => hear(feed.head + 1, [notification]),
      onStatus: (status) => heads.setHealthy(status === "live"),
    },
  });
  feed.start();
  return { heads, revocations, stop: () => feed.stop() };
}
