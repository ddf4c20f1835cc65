import { EVENTS_CHANNEL } from "@espigon/event_contracts";
import { assertDense, newEntries } from "./newEntries.ts";
import type { Broker, BrokerListener, LogEntry } from "./Broker.ts";
import { matchesChannel } from "./channelName.ts";
import { encodeNotifications } from "./logEntry.ts";
import { DEFAULT_WINDOW } from "./window.ts";

type Subscription = { readonly channels: readonly string[]; readonly listener: BrokerListener };

/**
 * A broker inside one process, for `npm start` without Redis and for tests. Listeners are called after the call that
 * caused it has returned, in order. `window`: how many entries the log keeps.
 */
export function memoryBroker(options: { window?: number } = {}): Broker {
  const window = options.window ?? DEFAULT_WINDOW;
  const subscriptions = new Set<Subscription>();
  let log: LogEntry[] = [];
  let last = 0;
  let closed = false;

  const tell = (subscription: Subscription, call: (listener: BrokerListener) => void) =>
    queueMicrotask(() => {
      if (subscriptions.has(subscription)) call(subscription.listener);
    });

  const deliver = (channel: string, payload: string) => {
    for (const subscription of subscriptions) {
      if (subscription.channels.some((name) => matchesChannel(name, channel))) {
        tell(subscription, (listener) => listener.onMessage(channel, payload));
      }
    }
  };

  const assertOpen = () => {
    if (closed) throw new Error("The broker is closed");
  };

  return {
    async lastSeq() {
      assertOpen();
      return last;
    },
    async append(entries) {
      assertOpen();
      assertDense(entries);
      for (const entry of newEntries(last, entries)) {
        log.push(entry);
        last = entry.seq;
        for (const message of encodeNotifications(entry)) deliver(EVENTS_CHANNEL, message);
      }
      if (log.length > window * 1.1) log = log.slice(-window);
      return last;
    },
    async readAfter(after, limit) {
      assertOpen();
      const first = last - Math.min(log.length, window) + 1;
      const from = Math.max(after + 1, first) - (log[0]?.seq ?? 0);
      return log.slice(from, from + limit);
    },
    async publish(channel, payload) {
      assertOpen();
      deliver(channel, payload);
    },
    subscribe(channels, listener) {
      const subscription = { channels, listener };
      if (closed) return () => {};
      subscriptions.add(subscription);
      tell(subscription, (listener) => listener.onUp());
      return () => void subscriptions.delete(subscription);
    },
    async close() {
      closed = true;
      subscriptions.clear();
    },
  };
}
