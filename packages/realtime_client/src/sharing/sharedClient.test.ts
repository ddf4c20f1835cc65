import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createFakeScheduler } from "../createFakeScheduler.ts";
import { createFakeServer } from "../createFakeServer.ts";
import { createModelNode, keyOf } from "../createModelNode.ts";
import type { RealtimeEvent } from "../RealtimeEvent.ts";
import { createFakeTabs } from "./createFakeTabs.ts";
import { createSharedClient } from "./createSharedClient.ts";

const TAB_STEPS = ["close", "kill", "freeze", "thaw", "hide", "show"] as const;

/** A browser on a model node. */
function setUpBrowser(random: () => number = () => 0) {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const node = createModelNode(server.sockets);
  const openTab = createFakeTabs(scheduler, server.WebSocket);
  let count = 0;
  const open = (scope = () => "session") => {
    const tab = openTab();
    const events: RealtimeEvent[] = [];
    const wakers = new Set<() => void>();
    let visible = true;
    count += 1;
    const id = String(count);
    const client = createSharedClient({
      url: "ws://node.test/ws",
      getToken: async () => "a.b.c",
      scope,
      tabs: tab.tabs,
      newId: () => id,
      WebSocket: tab.WebSocket,
      scheduler: tab.scheduler,
      random,
      signals: {
        isVisible: () => visible,
        onWake(listener) {
          wakers.add(listener);
          return () => wakers.delete(listener);
        },
      },
    });
    client.subscribe((event) => events.push(event));
    client.connect();
    return {
      ...tab,
      client,
      events,
      hide: () => {
        visible = false;
      },
      show: () => {
        visible = true;
        for (const waker of wakers) waker();
      },
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
  return { scheduler, server, node, open, pass, openSockets };
}

describe("the tabs of a browser", () => {
  test("have one connection, and all hear what it hears, once", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    node.order(1);
    node.order(2);
    await pass(1_000);
    expect(openSockets()).toHaveLength(1);
    for (const tab of [one, two]) {
      expect(tab.client.state().status).toBe("live");
      expect([tab.resyncs(), tab.seqs()]).toEqual([["connected"], [1, 2]]);
    }
    const late = open();
    await pass(1_000);
    expect([late.client.state().status, late.resyncs(), late.seqs()]).toEqual(["live", ["connected"], []]);
  });

  test("go on with another leader when theirs is closed or dies, and miss nothing", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two, three] = [open(), open(), open()];
    await pass(1_000);
    node.order(1);
    await pass(500);
    one.client.close();
    node.order(2);
    await pass(1_000);
    two.kill();
    node.order(3);
    await pass(1_000);
    expect([three.seqs(), three.resyncs(), three.client.state().status]).toEqual([[1, 2, 3], ["connected"], "live"]);
    expect(openSockets()).toHaveLength(1);
  });

  test("hear what a server with new numbers tells the next login, however low its seqs", async () => {
    const { open, node, pass } = setUpBrowser();
    const tab = open();
    await pass(1_000);
    for (let order = 1; order <= 3; order += 1) node.order(9);
    await pass(500);
    tab.client.close();
    node.log.length = 0;
    tab.client.connect();
    await pass(1_000);
    node.order(9);
    await pass(500);
    expect([tab.seqs(), tab.resyncs()]).toEqual([
      [1, 2, 3, 1],
      ["connected", "connected"],
    ]);
  });

  test("that come to a login of older tabs follow their leader, also when they have led another", async () => {
    const { open, pass, openSockets } = setUpBrowser();
    const old = open(() => "old");
    await pass(1_000);
    const before = old.client.state();
    let scope = "new";
    const tab = open(() => scope);
    await pass(1_000);
    tab.client.close();
    scope = "old";
    tab.client.connect();
    await pass(1_000);
    expect([tab.client.state().status, openSockets().length]).toEqual(["live", 1]);
    await pass(20_000);
    expect([before.status, old.client.state()]).toEqual(["live", before]);
  });

  test("take the connection from a leader that has fallen silent, who then follows", async () => {
    const { open, node, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    one.freeze();
    node.order(1);
    await pass(4_000);
    expect([two.seqs(), two.client.state().status]).toEqual([[], "live"]);
    await pass(5_000);
    expect([two.seqs(), two.client.state().status]).toEqual([[1], "live"]);
    one.thaw();
    node.order(2);
    await pass(2_000);
    expect([one.seqs(), two.seqs()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(one.client.state().status).toBe("live");
    expect(openSockets()).toHaveLength(1);
  });

  test("that nobody looks at do not take over, until somebody does", async () => {
    const { open, pass, openSockets } = setUpBrowser();
    const [one, two] = [open(), open()];
    two.hide();
    await pass(1_000);
    one.freeze();
    await pass(20_000);
    expect(two.client.state().status).toBe("reconnecting");
    two.show();
    await pass(1_000);
    expect(two.client.state().status).toBe("live");
    one.thaw();
    await pass(2_000);
    expect(openSockets()).toHaveLength(1);
  });

  test("are in the rooms that any of them wants, under every leader", async () => {
    const { open, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    two.client.joinRoom("catalog");
    await pass(500);
    const joins = () => server.last().received.filter(({ type }) => type === "JOIN");
    expect(joins()).toEqual([{ type: "JOIN", room: "catalog" }]);
    server.last().say({ type: "JOINED", room: "catalog" });
    await pass(500);
    expect(two.events).toContainEqual({ kind: "joined", room: "catalog" });
    one.client.close();
    await pass(1_000);
    expect([server.sockets.length, joins()]).toEqual([2, [{ type: "JOIN", room: "catalog" }]]);
    two.client.leaveRoom("catalog");
    await pass(100);
    expect(server.last().received).toContainEqual({ type: "LEAVE", room: "catalog" });
  });

  test("all end when the server refuses the leader for good", async () => {
    const { open, pass, server } = setUpBrowser();
    const [one, two] = [open(), open()];
    await pass(1_000);
    server.last().end(4403);
    await pass(1_000);
    for (const { client } of [one, two]) expect(client.state()).toEqual({ status: "closed", reason: "forbidden" });
    expect(server.sockets).toHaveLength(1);
  });
});

test("whatever becomes of tabs and links, every tab that is left knows what it missed, over one connection", async () => {
  const which = fc.nat({ max: 3 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), id: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(10, 700, 7_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cut" as const, "open" as const, "forget" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom(...TAB_STEPS), which }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), async (steps) => {
      const { open, node, pass, openSockets, scheduler } = setUpBrowser();
      const all = [open(), open()];
      const gone = new Set<(typeof all)[number]>();
      for (const next of steps) {
        if (next.kind === "order") node.order(next.id);
        else if (next.kind === "pass") await pass(next.ms);
        else if (!("which" in next)) {
          if (next.kind !== "open") node[next.kind]();
          else if (all.length < 4) all.push(open());
        } else {
          const tab = all[next.which];
          if (tab === undefined || gone.has(tab)) continue;
          if (next.kind === "close") tab.client.close();
          else tab[next.kind]();
          if (next.kind === "close" || next.kind === "kill") gone.add(tab);
        }
      }
      if (gone.size === all.length) all.push(open());
      for (const tab of all) if (!gone.has(tab)) tab.thaw();
      for (const tab of all) if (!gone.has(tab)) tab.show();
      await pass(40_000);
      expect(openSockets()).toHaveLength(1);
      for (const tab of all) {
        if (gone.has(tab)) continue;
        expect(tab.client.state().status).toBe("live");
        const known = new Map<string, number>();
        let allKnown = 0;
        for (const event of tab.events) {
          if (event.kind === "resync") allKnown = Math.max(allKnown, event.seq);
          if (event.kind !== "notification") continue;
          const { seq = 0 } = event.notification;
          expect(known.get(keyOf(event.notification)) ?? 0).toBeLessThan(seq);
          known.set(keyOf(event.notification), seq);
        }
        const lost = node.log.filter((entry) => entry.seq > allKnown && (known.get(keyOf(entry)) ?? 0) < entry.seq);
        expect(lost).toEqual([]);
      }
      for (const tab of all) tab.client.close();
      for (const tab of all) tab.kill();
      await scheduler.advance(60_000);
      expect(scheduler.pending()).toBe(0);
    }),
    { numRuns: 300 },
  );
}, 60_000);
