import type { RealtimeEvent, RealtimeListener } from "../RealtimeEvent.ts";
import { createDelivered } from "../delivered.ts";

export type Delivery = {
  /** Tells the listeners, unless they have heard it. */
  readonly tell: (event: RealtimeEvent) => void;
  /** What was heard says nothing about what follows: it may come from another log. */
  readonly forget: () => void;
  readonly subscribe: (listener: RealtimeListener) => () => void;
};

/** Events of one leader after another, each notification once for its seq and key. */
export function createDelivery(): Delivery {
  const listeners = new Set<RealtimeListener>();
  const delivered = createDelivered();
  return {
    tell(event) {
      if (event.kind === "notification" && !delivered.isNew(event.notification)) return;
      if (event.kind === "resync" && event.reason === "unknown_seq") delivered.clear();
      for (const listener of listeners) listener(event);
    },
    forget: delivered.clear,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
