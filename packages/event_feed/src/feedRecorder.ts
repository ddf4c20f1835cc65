import type { FeedMessage } from "@espigon/event_contracts";
import type { LogEntry } from "./Broker.ts";
import type { FeedListener, FeedStatus, Gap, Restart } from "./Feed.ts";

/** A listener for tests that remembers everything that a feed tells. */
export function feedRecorder() {
  const told = {
    /** Entries, gaps and restarts as they came, each as `[from, to]`. */
    order: [] as (readonly [number, number])[],
    entries: [] as LogEntry[],
    history: 0,
    gaps: [] as Gap[],
    restarts: [] as Restart[],
    unnumbered: [] as FeedMessage[],
    rooms: [] as { room: string; payload: string }[],
    statuses: [] as FeedStatus[],
    startedAt: undefined as number | undefined,
  };
  const listener: FeedListener = {
    onStart: (seq) => void (told.startedAt = seq),
    onEntry(entry, when) {
      told.entries.push(entry);
      told.order.push([entry.seq, entry.seq]);
      if (when === "history") told.history += 1;
    },
    onGap(gap) {
      told.gaps.push(gap);
      told.order.push([gap.from, gap.to]);
    },
    onRestart(restart) {
      told.restarts.push(restart);
      told.order.push([restart.former + 1, restart.at]);
    },
    onUnnumbered: (notification) => void told.unnumbered.push(notification),
    onRoomMessage: (room, payload) => void told.rooms.push({ room, payload }),
    onStatus: (status) => void told.statuses.push(status),
  };
  return { told, listener };
}
