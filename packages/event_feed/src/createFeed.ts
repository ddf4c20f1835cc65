import { EVENTS_CHANNEL, ROOM_CHANNEL_PREFIX } from "@espigon/event_contracts";
import type { Broker, Unsubscribe } from "./Broker.ts";
import { createClaims } from "./claims.ts";
import type { Feed, FeedListener, FeedStatus } from "./Feed.ts";
import { emptyCounters } from "./feedCounters.ts";
import type { FeedLogger } from "./FeedLogger.ts";
import { createLogLimiter } from "./logLimiter.ts";
import { createLogReader } from "./logReader.ts";
import { readMessage, readNotification } from "./readMessage.ts";

/** A loss that nothing announces is found within twice this time, in milliseconds, plus the answers of the broker. */
const QUIET_CHECK_MS = 250;

export type FeedDeps = {
  readonly broker: Broker;
  readonly listener: FeedListener;
  readonly logger?: FeedLogger;
  readonly quietCheckMs?: number;
  readonly now?: () => number;
};

/**
 * The ordered, gap-free feed of the log. **The channel rings, the log tells**: a message on channel `events` that
 * carries a number only says that there is something to read, and what is delivered is what the log holds. So an
 * announcement may be lost, doubled, late or forged without any effect but that of a bell, and a burst of them costs
 * one read. A check after each quiet period finds what no bell announced.
 */
export function createFeed(deps: FeedDeps): Feed {
  const { broker, listener } = deps;
  const channels = [EVENTS_CHANNEL, ...(listener.onRoomMessage === undefined ? [] : [`${ROOM_CHANNEL_PREFIX}*`])];
  const counters = emptyCounters();
  const limiter = createLogLimiter(deps.logger, deps.now);
  const claims = createClaims();
  const reader = createLogReader({
    broker,
    listener,
    counters,
    limiter,
    isStopped: () => life.stopped,
    now: deps.now ?? Date.now,
  });
  const life = { stopped: false };
  let status: FeedStatus = "starting";
  let subscribed = false;
  let asked = false;
  let looks = 0;
  let looking: Promise<void> | undefined;
  let unsubscribe: Unsubscribe | undefined;
  let timer: ReturnType<typeof setInterval> | undefined;

  const become = (next: FeedStatus) => {
    if (life.stopped || status === next) return;
    status = next;
    listener.onStatus?.(next);
  };

  const disbelieve = (claim: unknown) => {
    const read = readNotification(claim);
    if (read.kind !== "unnumbered") return refuse("malformed");
    counters.disbelieved += 1;
    limiter.warn("a message with a number beyond the log was taken without it", {});
    listener.onUnnumbered(read.notification);
  };

  const refuse = (kind: "malformed" | "oversized") => {
    counters[kind] += 1;
    limiter.warn(`${kind} message dropped`, {});
  };

  /** Reads until nothing is asked for or announced that has not been read. Suspends at least once. */
  const look = async () => {
    try {
      do {
        const claimed = asked ? 0 : claims.highest;
        asked = false;
        const pending = claims.take();
        const last = await reader.readUpTo(claimed);
        looks += 1;
        if (life.stopped) return;
        for (const { seq, claim } of pending) if (seq > last) disbelieve(claim);
      } while (asked || claims.highest > reader.head);
      become(subscribed ? "live" : "down");
    } catch (error) {
      counters.failed_reads += 1;
      limiter.warn("the log could not be read", { error: error instanceof Error ? error.message : "unknown" });
      if (reader.started) become("down");
    } finally {
      looking = undefined;
    }
  };

  const ring = (): Promise<void> => (looking ??= life.stopped ? Promise.resolve() : look());

  const check = (): Promise<void> => {
    asked = true;
    return ring();
  };

  const onMessage = (channel: string, payload: string) => {
    const message = readMessage(channel, payload);
    switch (message.kind) {
      case "malformed":
      case "oversized":
        return refuse(message.kind);
      case "unnumbered":
        counters.unnumbered += 1;
        return listener.onUnnumbered(message.notification);
      case "room":
        counters.room_messages += 1;
        return listener.onRoomMessage?.(message.room, message.payload);
      case "numbered":
        if (reader.started && message.seq <= reader.head) counters.duplicates += 1;
        else {
          claims.add(message);
          void ring();
        }
    }
  };

  let looksAtLastTick = 0;
  const onQuietTick = () => {
    if (looks === looksAtLastTick) void check();
    looksAtLastTick = looks;
  };

  return {
    start() {
      if (timer !== undefined || life.stopped) return;
      timer = setInterval(onQuietTick, deps.quietCheckMs ?? QUIET_CHECK_MS);
      unsubscribe = broker.subscribe(channels, {
        onMessage,
        onUp() {
          subscribed = true;
          if (reader.started) become("repairing");
          void check();
        },
        onDown() {
          subscribed = false;
          if (reader.started) become("down");
        },
      });
    },
    stop() {
      life.stopped = true;
      clearInterval(timer);
      unsubscribe?.();
    },
    get head() {
      return reader.head;
    },
    get status() {
      return status;
    },
    counters,
    check,
  };
}
