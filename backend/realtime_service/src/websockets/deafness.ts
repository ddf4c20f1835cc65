import { CloseCode } from "@espigon/event_contracts";
import type { FeedStatus } from "@espigon/event_feed";
import type { EndConnection } from "./connectionEnd.ts";
import type { Hub } from "./hub.ts";
import { cancelTask, type TimerTask, type TimerWheel } from "./timerWheel.ts";

export type DeafnessDeps = {
  readonly hub: Hub;
  readonly end: EndConnection;
  readonly wheel: TimerWheel;
  readonly graceMs: number;
  readonly now: () => number;
};

/**
 * A node that cannot hear the broker must not let its clients believe that they are live: after the grace it closes
 * them with 1012, so that they go to another node, or show that they are not live. Takes each status of the feed.
 */
export function createDeafness({ hub, end, wheel, graceMs, now }: DeafnessDeps): (status: FeedStatus) => void {
  let giveUp: TimerTask<Hub> | undefined;
  const sendAway = ({ clients }: Hub) => {
    for (const client of clients) end(client, CloseCode.RESTART, "the node cannot hear the broker");
  };
  return (status) => {
    if (status === "down") {
      giveUp ??= wheel.at(now() + graceMs, sendAway, hub);
    } else {
      cancelTask(giveUp);
      giveUp = undefined;
    }
  };
}
