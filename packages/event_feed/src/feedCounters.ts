import type { FeedCounters } from "./Feed.ts";

export function emptyCounters(): FeedCounters {
  return {
    entries: 0,
    unnumbered: 0,
    room_messages: 0,
    malformed: 0,
    oversized: 0,
    duplicates: 0,
    disbelieved: 0,
    gaps: 0,
    rewinds: 0,
    restarts: 0,
    failed_reads: 0,
  };
}
