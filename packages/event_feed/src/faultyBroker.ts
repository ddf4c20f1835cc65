import type { Broker, BrokerListener } from "./Broker.ts";
import { memoryBroker } from "./memoryBroker.ts";

/** What happens to one message on its way to a listener. */
export type Fate = "pass" | "drop" | "double" | "hold";

export type FaultyBroker = Broker & {
  /** Decides the fate of each message from now on. */
  fates: () => Fate;
  /** While true, `lastSeq` and `readAfter` reject. */
  unreadable: boolean;
  /** Delivers held messages, newest first. */
  release(): void;
  /** Cuts all subscriptions: messages are lost until `connect`. */
  disconnect(): void;
  connect(): void;
  /** Loses the whole log, as FLUSHALL does. */
  empty(): void;
};

/** A broker for tests that loses, doubles and reorders messages, drops connections and forgets its log on demand. */
export function faultyBroker(options: { window?: number } = {}): FaultyBroker {
  let inner = memoryBroker(options);
  let connected = true;
  let held: (() => void)[] = [];
  const subscriptions = new Set<{ channels: readonly string[]; listener: BrokerListener; end: () => void }>();

  const deliver = (send: () => void) => {
    if (!connected) return;
    switch (faulty.fates()) {
      case "pass":
        return send();
      case "drop":
        return;
      case "double":
        send();
        return send();
      case "hold":
        held.push(send);
    }
  };
  const attach = (channels: readonly string[], listener: BrokerListener) =>
    inner.subscribe(channels, {
      onMessage: (channel, payload) => deliver(() => listener.onMessage(channel, payload)),
      onUp: () => listener.onUp(),
      onDown: () => listener.onDown(),
    });
  const readable = <Result>(read: () => Promise<Result>): Promise<Result> =>
    faulty.unreadable ? Promise.reject(new Error("unreadable")) : read();

  const faulty: FaultyBroker = {
    fates: () => "pass",
    unreadable: false,
    lastSeq: () => readable(() => inner.lastSeq()),
    readAfter: (after, limit) => readable(() => inner.readAfter(after, limit)),
    append: (entries) => inner.append(entries),
    publish: (channel, payload) => inner.publish(channel, payload),
    subscribe(channels, listener) {
      const subscription = { channels, listener, end: attach(channels, listener) };
      subscriptions.add(subscription);
      return () => {
        subscription.end();
        subscriptions.delete(subscription);
      };
    },
    close: () => inner.close(),
    release() {
      const late = held.toReversed();
      held = [];
      for (const send of late) send();
    },
    disconnect() {
      if (connected) for (const { listener } of subscriptions) listener.onDown();
      connected = false;
    },
    connect() {
      if (!connected) for (const { listener } of subscriptions) listener.onUp();
      connected = true;
    },
    empty() {
      for (const { end } of subscriptions) end();
      inner = memoryBroker(options);
      for (const subscription of subscriptions) {
        subscription.end = attach(subscription.channels, { ...subscription.listener, onUp: () => {} });
      }
    },
  };
  return faulty;
}
