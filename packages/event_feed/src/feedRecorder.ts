import type { FeedMessage } from "@espigon/event_contracts";
import type { LogEntry } from "./Broker.ts";
import type { FeedListener, FeedStatus, Gap } from "./Feed.ts";

/** A listener for tests that remembers everything that a feed tells. */
export function feedRecorder() {
  const told = {
    /** Entries and gaps as they came, each as `[from, to]`. */
    order: [] as (readonly [number, number])[],
    entries: [] as LogEntry[],
    history: 0,
    gaps: [] as Gap[],
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
    onUnnumbered: (notification) => void told.unnumbered.push(notification),
    onRoomMessage: (room, payload) => void told.rooms.push({ room, payload }),
    onStatus: (status) => void told.statuses.push(status),
  };
  return { told, listener };
}
