import { audiencesOf } from "@espigon/event_contracts";
import { type Broker, createFeed } from "@espigon/event_feed";
import type { Logger } from "@espigon/service_kit";
import type { ScopeHeads } from "../cache/ScopeHeads.ts";
import { createScopeHeads } from "./createScopeHeads.ts";

/** More audiences than this and the quietest share one upper bound. */
const MAX_AUDIENCES = 50_000;

export type FollowedHeads = { readonly heads: ScopeHeads; stop(): void };

/** Follows the numbered log, to know at any moment how far each audience has come. Healthy while the feed is live. */
export function followHeads(broker: Broker, logger: Logger): FollowedHeads {
  const heads = createScopeHeads(MAX_AUDIENCES);
  const feed = createFeed({
    broker,
    logger,
    listener: {
      onStart: (seq) => heads.forgetUpTo(seq),
      onEntry: ({ seq, notifications }) => heads.record(seq, notifications.flatMap(audiencesOf)),
      onGap: ({ to }) => heads.forgetUpTo(to),
      // Somebody outside the log says that something changed: what was read until now is not trusted any more.
      onUnnumbered: (notification) => heads.record(feed.head + 1, audiencesOf(notification)),
      onStatus: (status) => heads.setHealthy(status === "live"),
    },
  });
  feed.start();
  return { heads, stop: () => feed.stop() };
}
