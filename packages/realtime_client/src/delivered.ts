import { type Notification, staleKeyOf } from "@espigon/event_contracts";

/** Keys whose last seq is remembered to drop repeats. Forgetting one costs a repeat, never a loss. */
const MAX_KEYS = 2_000;

/** What was told already. */
export type Delivered = {
  /** Notes a notification; false when one of its key with a seq as high was noted before. Without a seq it is new. */
  readonly isNew: (notification: Notification) => boolean;
  readonly clear: () => void;
};

/** Remembers the last seq of the most recent keys. */
export function createDelivered(): Delivered {
  const seqs = new Map<string, number>();
  return {
    isNew(notification) {
      const { seq } = notification;
      if (seq === undefined) return true;
      const key = staleKeyOf(notification);
      if ((seqs.get(key) ?? -1) >= seq) return false;
      seqs.delete(key);
      seqs.set(key, seq);
      const oldest = seqs.keys().next();
      if (seqs.size > MAX_KEYS && oldest.done === false) seqs.delete(oldest.value);
      return true;
    },
    clear: () => seqs.clear(),
  };
}
