import { createFakeScheduler } from "../createFakeScheduler.ts";
import { createFakeServer } from "../createFakeServer.ts";
import { createFakeSignals } from "../createFakeSignals.ts";
import { createModelNode } from "../createModelNode.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import { createFakeTabs } from "./createFakeTabs.ts";
import { createSharedClient } from "./createSharedClient.ts";

/** A browser on a model node. */
export function setUpBrowser(random: () => number = () => 0) {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const node = createModelNode(server.sockets);
  const openTab = createFakeTabs(scheduler, server.WebSocket);
  let count = 0;
  const open = (scope = () => "session") => {
    const tab = openTab();
    const events: RealtimeEvent[] = [];
    const { signals, hide, show } = createFakeSignals();
    count += 1;
    const id = String(count);
    let connects = 0;
    const client = createSharedClient({
      url: "ws://node.test/ws",
      getToken: async () => "a.b.c",
      scope,
      tabs: tab.tabs,
      newId() {
        connects += 1;
        return `${id}.${connects}`;
      },
      WebSocket: tab.WebSocket,
      scheduler: tab.scheduler,
      random,
      signals,
    });
    client.subscribe((event) => events.push(event));
    client.connect();
    return {
      ...tab,
      client,
      events,
      hide,
      show,
      seqs: () => events.flatMap((event) => (event.kind === "notification" ? [event.notification.seq] : [])),
      resyncs: () => events.flatMap((event) => (event.kind === "resync" ? [event.reason] : [])),
    };
  };
  /** Time passes, in which the node greets, answers and gives signs of life. */
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      await scheduler.advance(Math.min(left, 500));
      node.greet();
      node.answer();
      node.head();
    }
  };
  const openSockets = () => server.sockets.filter((socket) => socket.isOpen());
  return { scheduler, server, node, open, openTab, pass, openSockets };
}
