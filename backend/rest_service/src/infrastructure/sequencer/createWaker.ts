import type { Broker } from "@espigon/event_feed";
import type { Sequencer } from "./createSequencer.ts";

/** Where instances that do not lead tell the leader that they have committed something. */
export const WAKE_CHANNEL = "sequencer:wake";

/**
 * What a use case calls after its commit. The leader, here or on another instance, then looks at the outbox at once
 * instead of at its next poll. Never throws and never waits: while one message is on its way, further calls make at
 * most one more.
 */
export function createWaker(sequencer: Sequencer, broker: Pick<Broker, "publish">): () => void {
  let underWay = false;
  let again = false;

  async function announce(): Promise<void> {
    underWay = true;
    do {
      again = false;
      // A lost message costs no more than the leader's poll interval.
      await broker.publish(WAKE_CHANNEL, "").catch(() => {});
    } while (again);
    underWay = false;
  }

  return () => {
    if (sequencer.isLeading()) sequencer.wake();
    else if (underWay) again = true;
    else void announce();
  };
}
