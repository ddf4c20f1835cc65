import { afterEach, describe, expect, test } from "bun:test";
import type { NumberedMessage } from "@espigon/event_contracts";
import { type Broker, memoryBroker } from "@espigon/event_feed";
import { createRealtimeClient, type RealtimeEvent } from "@espigon/realtime_client";
import { type Service, signAccessToken, signRoomToken } from "@espigon/service_kit";
import { JWT_SECRET, startNode, until } from "./startNode.ts";

/** Tokens end on whole seconds: one that lives for so long has at most a second less. Until then AUTH has to come. */
const TIME_TO_RENEW_S = 5;

/** Ends what a test has opened, the youngest first. */
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.toReversed()) await close();
  opened.length = 0;
});

async function startOwnNode(broker: Broker): Promise<Service> {
  const service = await startNode(broker);
  opened.push(() => service.stop());
  return service;
}

async function setUp(options: { tokenLifeS?: number } = {}) {
  const broker = memoryBroker();
  opened.push(() => broker.close());
  let seq = 0;
  let target = await startOwnNode(broker);
  const sockets: WebSocket[] = [];
  const states: string[] = [];
  const events: RealtimeEvent[] = [];
  const refreshes: boolean[] = [];
  const sign = (lifeS: number) =>
    signAccessToken(JWT_SECRET, {
      user_id: "7",
      role: "SELLER",
      seller_id: "1",
      expires_at: Math.floor(Date.now() / 1_000) + lifeS,
    });
  const client = createRealtimeClient({
    url: "ws://balancer.test/ws",
    random: () => 0,
    getToken: ({ refresh }) => {
      refreshes.push(refresh);
      return sign(refresh ? 900 : (options.tokenLifeS ?? 900));
    },
    // Stands for the balancer: every new socket goes to the node of the moment.
    WebSocket: class extends WebSocket {
      constructor(_url: string, protocols: string[]) {
        super(`${target.url.replace("http", "ws")}/ws`, protocols);
        sockets.push(this);
      }
    },
  });
  opened.push(async () => client.close());
  client.onState(({ status }) => states.push(status));
  client.subscribe((event) => events.push(event));
  client.connect();
  await until(() => client.state().status === "live");
  return {
    broker,
    client,
    states,
    events,
    refreshes,
    sockets,
    sign,
    target: () => target,
    moveTo: (next: Service) => {
      target = next;
    },
    /** Appends one statistics hint for a seller; resolves to its seq. */
    happen: async (seller = "1") => {
      seq += 1;
      const hint: NumberedMessage = { type: "SELLER_STATS_UPDATED", seller_id: seller, metadata: {}, seq };
      await broker.append([{ seq, notifications: [hint] }]);
      return seq;
    },
    heard: () => events.flatMap((event) => (event.kind === "notification" ? [event.notification.seq] : [])),
  };
}

/** Ends a socket without a word to the other side. */
function cut(socket: WebSocket | undefined): void {
  if (socket === undefined || !("terminate" in socket) || typeof socket.terminate !== "function") {
    throw new Error("there is no socket to cut");
  }
  socket.terminate();
}

describe("the client against the real service", () => {
  test("hears its own hints, and nobody else's", async () => {
    const { happen, heard } = await setUp();
    await happen("2");
    const own = await happen();
    await until(() => heard().includes(own));
    expect(heard()).toEqual([own]);
  });

  test("is told after a cut what it has missed, once", async () => {
    const { sockets, happen, heard, events, client } = await setUp();
    const before = await happen();
    await until(() => heard().includes(before));
    cut(sockets.at(-1));
    const missed = await happen();
    await until(() => heard().includes(missed) && client.state().status === "live");
    const after = await happen();
    await until(() => heard().includes(after));
    expect(heard()).toEqual([before, missed, after]);
    expect(events.filter(({ kind }) => kind === "resync")).toHaveLength(1);
  });

  test("moves to another node when its own leaves, without ever being offline", async () => {
    const { broker, target, moveTo, happen, heard, states, sockets } = await setUp();
    const other = await startOwnNode(broker);
    const old = target();
    moveTo(other);
    const leaving = old.stop();
    const seqs: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      seqs.push(await happen());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await leaving;
    await until(() => heard().includes(seqs.at(-1)));
    expect(sockets).toHaveLength(2);
    expect(states).toEqual(["connecting", "live"]);
  });

  test("outlives its token by a new one, over AUTH or after 4401", async () => {
    const renewed = await setUp({ tokenLifeS: TIME_TO_RENEW_S });
    renewed.client.authenticate(await renewed.sign(900));
    // Its token ends no sooner than the one that was renewed.
    const expired = await setUp({ tokenLifeS: TIME_TO_RENEW_S });
    await until(() => expired.refreshes.includes(true) && expired.client.state().status === "live");
    expect(expired.states).toEqual(["connecting", "live", "reconnecting", "reconnecting", "live"]);
    expect(renewed.states).toEqual(["connecting", "live"]);
    expect(renewed.sockets).toHaveLength(1);
  });

  test("is told of a room that it was refused, and joins it with a token that is good", async () => {
    const { client, sockets, events } = await setUp();
    const expires_at = Math.floor(Date.now() / 1_000) + 900;
    const tokenFor = (room: string) => signRoomToken(JWT_SECRET, { room, user_id: "7", role: "SELLER", expires_at });
    const answers = () => events.filter(({ kind }) => kind === "room_refused" || kind === "joined");
    const [bad, good] = [await tokenFor("order-8"), await tokenFor("order-9")];
    client.joinRoom("order-9", bad);
    await until(() => answers().length === 1);
    client.joinRoom("order-9");
    await until(() => answers().length === 2);
    client.joinRoom("catalog");
    cut(sockets.at(-1));
    await until(() => answers().length === 3);
    client.joinRoom("order-9", good);
    await until(() => answers().length === 4);
    expect(answers()).toEqual([
      { kind: "room_refused", room: "order-9", token: bad, code: "INVALID_TOKEN", final: true },
      { kind: "room_refused", room: "order-9", token: undefined, code: "FORBIDDEN", final: true },
      { kind: "joined", room: "catalog" },
      { kind: "joined", room: "order-9" },
    ]);
  });

  test("is in its rooms again after a cut", async () => {
    const { client, broker, sockets, events } = await setUp();
    client.joinRoom("catalog");
    const joins = () => events.filter(({ kind }) => kind === "joined").length;
    await until(() => joins() === 1);
    cut(sockets.at(-1));
    await until(() => joins() === 2);
    await broker.publish("ws:room:catalog", JSON.stringify({ hello: "room" }));
    await until(() => events.some(({ kind }) => kind === "room_message"));
    expect(events.at(-1)).toEqual({ kind: "room_message", room: "catalog", payload: { hello: "room" } });
  });
});
