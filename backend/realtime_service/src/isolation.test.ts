import { afterEach, describe, expect, test } from "bun:test";
import { type FeedMessageType, staleKeyOf } from "@espigon/event_contracts";
import { HEARD_BY, HEARD_IN_CATALOG, PRINCIPALS, type PrincipalName, sampleOf } from "@espigon/event_contracts/testing";
import { startNode, type TestNode, tokenFor } from "./testing/harness.ts";
import { openSse } from "./testing/sseClient.ts";

let node: TestNode;
afterEach(() => node.stop());

const NAMES = Object.keys(PRINCIPALS) as PrincipalName[];
const TYPES = Object.keys(HEARD_BY) as FeedMessageType[];

type Frame = { readonly type: string } & Record<string, unknown>;
type Listener = { frames(): readonly Frame[]; settle(): Promise<unknown>; end(): void };

/** The ways in which a frame can reach somebody live. */
const LIVE_PATHS: Record<string, (name: PrincipalName, inCatalog: boolean) => Promise<Listener>> = {
  async "a WebSocket"(name, inCatalog) {
    const client = await node.connect(PRINCIPALS[name]);
    if (inCatalog) {
      client.send({ type: "JOIN", room: "catalog" });
      await client.next("JOINED");
    }
    return { frames: () => client.frames, settle: () => client.settle(), end: () => client.close() };
  },
  async "an event stream"(name, inCatalog) {
    const token = await tokenFor(PRINCIPALS[name]);
    const stream = await openSse(`${node.url}/sse${inCatalog ? "?room=catalog" : ""}`, token);
    return {
      frames: () => stream.messages.map(({ data }) => data as Frame),
      // The next beat comes after all that was sent before.
      async settle() {
        const beats = () => stream.messages.filter(({ data }) => (data as Frame).type === "HEAD").length;
        const before = beats();
        while (beats() < before + 2) await Bun.sleep(5);
      },
      end: () => stream.close(),
    };
  },
};

/** Every type once, about the own seller and the own client; resolves when all has left. */
async function tellEverything(): Promise<void> {
  for (const [index, type] of TYPES.entries()) {
    const seq = index + 1;
    await node.broker.append([{ seq, notifications: [{ ...sampleOf(type), seq }] }]);
  }
  await node.untilSent(TYPES.length);
}

function expected(name: PrincipalName, inCatalog: boolean): string[] {
  return TYPES.filter((type) => HEARD_BY[type].includes(name) || (inCatalog && HEARD_IN_CATALOG.includes(type))).sort();
}

const told = (frames: readonly Frame[]) =>
  frames
    .filter(({ type }) => (TYPES as string[]).includes(type))
    .map(({ type }) => type)
    .sort();

/** The audiences that a principal may hear of at all. */
const OWN_AUDIENCES: Record<PrincipalName, readonly string[]> = {
  admin: ["admin", "user:1"],
  "own seller": ["seller:123", "user:2"],
  "other seller": ["seller:7", "user:3"],
  "own client": ["client:7", "user:7"],
  "other client": ["client:123", "user:123"],
};

describe.each(Object.keys(LIVE_PATHS))("over %s", (path) => {
  describe.each([false, true])("with the catalogue joined: %p", (inCatalog) => {
    test("each principal hears exactly what the table says, each once, and of no audience but its own", async () => {
      node = await startNode({ HEARTBEAT_MS: "100" });
      const open = LIVE_PATHS[path];
      if (open === undefined) throw new Error(path);
      const listeners = new Map<PrincipalName, Listener>();
      for (const name of NAMES) listeners.set(name, await open(name, inCatalog));
      await tellEverything();
      for (const [name, listener] of listeners) {
        await listener.settle();
        expect([name, told(listener.frames())]).toEqual([name, expected(name, inCatalog)]);
        const own = [...OWN_AUDIENCES[name], ...(inCatalog ? ["room:catalog"] : [])];
        for (const frame of listener.frames()) {
          if (frame.type === "READY") expect(own).toEqual(expect.arrayContaining(frame["audiences"] as string[]));
          if (frame.type === "HEAD") {
            expect(own).toEqual(expect.arrayContaining(Object.keys(frame["audiences"] as object)));
          }
        }
        listener.end();
      }
    });
  });
});

describe("after the fact", () => {
  test("RESUME tells each principal the stale keys of its audiences and no others, over both paths", async () => {
    node = await startNode({ HEARTBEAT_MS: "100" });
    await tellEverything();
    for (const name of NAMES) {
      // Of one stale key the newest event is told.
      const keys = new Set(
        expected(name, false).flatMap((type) => {
          const sample = sampleOf(type as FeedMessageType);
          return sample.type === "ACCESS_REVOKED" ? [] : [staleKeyOf(sample)];
        }),
      );
      const client = await node.connect(PRINCIPALS[name]);
      client.send({ type: "RESUME", seq: 0 });
      const stream = await openSse(`${node.url}/sse`, await tokenFor(PRINCIPALS[name]), { "last-event-id": "1" });
      for (const dirty of [await client.next("DIRTY"), await stream.next("DIRTY")]) {
        const events = (dirty as Record<string, unknown>)["events"] as Frame[];
        expect([name, new Set(events.map((event) => staleKeyOf(event as never)))]).toEqual([name, keys]);
        for (const { type } of events) expect(HEARD_BY[type as FeedMessageType]).toContain(name);
      }
      client.close();
      stream.close();
    }
  });

  test("a room's messages reach its members alone", async () => {
    node = await startNode();
    const clients = [];
    for (const name of NAMES) clients.push({ name, client: await node.connect(PRINCIPALS[name]) });
    clients[4]?.client.send({ type: "JOIN", room: "catalog" });
    await clients[4]?.client.next("JOINED");
    await node.broker.publish("ws:room:catalog", '{"canary":1}');
    await node.broker.publish("ws:room:order-1", '{"canary":2}');
    await clients[4]?.client.next("ROOM_MESSAGE");
    for (const { name, client } of clients) {
      await client.settle();
      expect([name, client.ofType("ROOM_MESSAGE").length]).toEqual([name, name === "other client" ? 1 : 0]);
      client.close();
    }
  });
});
