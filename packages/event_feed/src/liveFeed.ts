import type { Broker } from "./Broker.ts";
import { eventually } from "./brokerContract.ts";
import { createFeed, type FeedDeps } from "./createFeed.ts";
import type { Feed } from "./Feed.ts";
import { feedRecorder } from "./feedRecorder.ts";

const started = new Set<Feed>();

/** For `afterEach`. */
export function stopFeeds(): void {
  for (const feed of started) feed.stop();
  started.clear();
}

/** A feed of a test, once it is live, with all that it tells. It looks by itself only where that is asked for. */
export async function liveFeed(broker: Broker, quietCheckMs = 60_000, logger?: FeedDeps["logger"]) {
  const { told, listener } = feedRecorder();
  const feed = createFeed({ broker, listener, quietCheckMs, ...(logger === undefined ? {} : { logger }) });
  started.add(feed);
  feed.start();
  await eventually(() => feed.status === "live");
  return { told, feed };
}

export const seqs = (told: { entries: readonly { seq: number }[] }) => told.entries.map(({ seq }) => seq);

/** What anyone may publish on the channel of events. */
export const hint = (seq?: number) =>
  JSON.stringify({
    type: "SELLER_STATS_UPDATED",
    seller_id: "123",
    metadata: {},
    ...(seq === undefined ? {} : { seq }),
  });
