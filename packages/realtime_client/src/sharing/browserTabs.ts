import type { Tabs } from "./Tabs.ts";

/** By Web Locks and BroadcastChannel; `undefined` where the page has none, such as on plain http in a network. */
export function browserTabs(): Tabs | undefined {
  if (typeof navigator === "undefined" || !("locks" in navigator) || !("BroadcastChannel" in globalThis))
    return undefined;
  const { locks } = navigator;
  return {
    lock(name, { steal }, { onHeld, onLost }) {
      const abort = new AbortController();
      let release = () => {};
      let held = false;
      let over = false;
      const request = locks.request(name, steal ? { steal } : { signal: abort.signal }, () => {
        if (over) return;
        return new Promise<void>((resolve) => {
          release = resolve;
          held = true;
          onHeld();
        });
      });
      request.catch(() => {
        if (held && !over) onLost();
      });
      return () => {
        over = true;
        if (held) release();
        else abort.abort();
      };
    },
    open(name, onMessage) {
      const channel = new BroadcastChannel(name);
      channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => onMessage(data));
      return {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin by itself
        post: (message) => channel.postMessage(message),
        close: () => channel.close(),
      };
    },
  };
}
