import { expect, test } from "bun:test";
import fc from "fast-check";
import type { FakeSocket } from "../createFakeServer.ts";
import { keyOf } from "../createModelNode.ts";
import { setUpBrowser } from "./setUpBrowser.ts";

const TAB_STEPS = ["close", "kill", "freeze", "thaw", "hide", "show", "join", "leave"] as const;

/** The rooms that a connection is in, as its node understands it. */
function roomsOf(socket: FakeSocket | undefined): readonly string[] {
  const rooms = new Set<string>();
  for (const frame of socket?.received ?? []) {
    if (frame.type === "JOIN") rooms.add(frame.room);
    if (frame.type === "LEAVE") rooms.delete(frame.room);
  }
  return [...rooms].toSorted();
}

test("whatever becomes of tabs and links, every tab that is left knows what it missed, over one connection in the rooms that they want", async () => {
  const which = fc.nat({ max: 3 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("order" as const), id: fc.integer({ min: 1, max: 9 }) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(10, 700, 7_000) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cut" as const, "open" as const, "forget" as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom(...TAB_STEPS), which, room: fc.constantFrom("catalog", "order-9") }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), async (steps) => {
      const { open, node, pass, openSockets, scheduler } = setUpBrowser();
      const all = [open(), open()];
      const gone = new Set<(typeof all)[number]>();
      const wanted = new Map<(typeof all)[number], Set<string>>();
      for (const next of steps) {
        if (next.kind === "order") node.order(next.id);
        else if (next.kind === "pass") await pass(next.ms);
        else if (!("which" in next)) {
          if (next.kind !== "open") node[next.kind]();
          else if (all.length < 4) all.push(open());
        } else {
          const tab = all[next.which];
          if (tab === undefined || gone.has(tab)) continue;
          const rooms = wanted.get(tab) ?? new Set();
          if (next.kind === "join") {
            wanted.set(tab, rooms.add(next.room));
            tab.client.joinRoom(next.room);
          } else if (next.kind === "leave") {
            rooms.delete(next.room);
            tab.client.leaveRoom(next.room);
          } else if (next.kind === "close") tab.client.close();
          else tab[next.kind]();
          if (next.kind === "close" || next.kind === "kill") gone.add(tab);
        }
      }
      if (gone.size === all.length) all.push(open());
      for (const tab of all) if (!gone.has(tab)) tab.thaw();
      for (const tab of all) if (!gone.has(tab)) tab.show();
      await pass(40_000);
      expect(openSockets()).toHaveLength(1);
      const still = all.flatMap((tab) => (gone.has(tab) ? [] : [...(wanted.get(tab) ?? [])]));
      expect(roomsOf(openSockets()[0])).toEqual([...new Set(still)].toSorted());
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
