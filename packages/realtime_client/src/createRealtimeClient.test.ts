import { describe, expect, test } from "bun:test";
import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeServer } from "./createFakeServer.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";
import type { RealtimeEvent } from "./RealtimeEvent.ts";

const AUDIENCES = ["seller:1", "user:7"];

function setUp(options: { token?: () => string | null | Error; random?: () => number } = {}) {
  const scheduler = createFakeScheduler();
  const server = createFakeServer();
  const asked: boolean[] = [];
  const events: RealtimeEvent[] = [];
  const wakers = new Set<() => void>();
  let visible = true;
  const client = createRealtimeClient({
    url: "ws://server.test/ws",
    getToken: async ({ refresh }) => {
      asked.push(refresh);
      const token = options.token?.() ?? null;
      if (token instanceof Error) throw token;
      return options.token ? token : "a.b.c";
    },
    WebSocket: server.WebSocket,
    scheduler,
    random: options.random ?? (() => 0.5),
    signals: {
      isVisible: () => visible,
      onWake(listener) {
        wakers.add(listener);
        return () => wakers.delete(listener);
      },
    },
  });
  client.subscribe((event) => events.push(event));
  return {
    scheduler,
    server,
    client,
    events,
    asked,
    hide: () => {
      visible = false;
    },
    wake: () => {
      for (const waker of wakers) waker();
    },
    /** Time passes on a link that shows signs of life. */
    stay: async (ms: number) => {
      for (let left = ms; left > 0; left -= 4_000) {
        server.last().say({ type: "HEAD", audiences: {} });
        await scheduler.advance(Math.min(left, 4_000));
      }
    },
    goLive: async (seq = 10) => {
      client.connect();
      await scheduler.advance(0);
      server.last().ready(seq, AUDIENCES);
      server.last().say({ type: "DIRTY", since: seq, seq, events: [] });
    },
  };
}

const stats = (seq: number) => ({ type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {}, seq });

describe("a connection", () => {
  test("offers the token as a subprotocol, never in the URL", async () => {
    const { client, server, scheduler } = setUp();
    client.connect();
    await scheduler.advance(0);
    expect(server.last().url).toBe("ws://server.test/ws");
    expect(server.last().protocols).toEqual(["espigon.v1", "bearer.a.b.c"]);
  });

  test("is live only after RESUME was answered, and tells that all may be stale before READY", async () => {
    const { client, server, scheduler, events } = setUp();
    client.connect();
    await scheduler.advance(0);
    expect(client.state().status).toBe("connecting");
    server.last().ready(10, AUDIENCES);
    expect(server.last().received).toEqual([{ type: "RESUME", seq: 10 }]);
    expect(events).toEqual([{ kind: "resync", reason: "connected", seq: 10 }]);
    expect(client.state().status).toBe("connecting");
    server.last().say({ type: "DIRTY", since: 10, seq: 12, events: [] });
    expect(client.state().status).toBe("live");
  });

  test("tells each hint once, though two audiences carry it and RESUME repeats it", async () => {
    const { server, events, goLive } = setUp();
    await goLive();
    server.last().say(stats(11));
    server.last().say(stats(11));
    server.last().say({ type: "DIRTY", since: 10, seq: 11, events: [stats(11)] });
    expect(events.filter(({ kind }) => kind === "notification")).toHaveLength(1);
  });

  test("tells every hint that has no number", async () => {
    const { server, events, goLive } = setUp();
    await goLive();
    const foreign = { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} };
    server.last().say(foreign);
    server.last().say(foreign);
    expect(events.filter(({ kind }) => kind === "notification")).toHaveLength(2);
  });

  test("ignores what is no frame and what it does not know", async () => {
    const { client, server, events, goLive } = setUp();
    await goLive();
    const before = events.length;
    for (const text of ["", "{", "null", "[]", '{"type":"FUTURE","seq":99}', '{"type":"HEAD"}', "7"]) {
      server.last().sayText(text);
    }
    expect(events).toHaveLength(before);
    expect(client.state().status).toBe("live");
  });

  test("keeps the known events of a DIRTY that holds an unknown one", async () => {
    const { server, events, goLive } = setUp();
    await goLive();
    server.last().say({ type: "DIRTY", since: 10, seq: 13, events: [{ type: "FUTURE", seq: 12 }, stats(13)] });
    expect(events.at(-1)).toMatchObject({ kind: "notification", replayed: true, notification: { seq: 13 } });
  });

  test("asks for what it missed when a HEAD is above what it has heard, and once per answer", async () => {
    const { server, goLive } = setUp();
    await goLive();
    server.last().say({ type: "HEAD", audiences: { "seller:1": 10, "user:7": 3 } });
    expect(server.last().received).toHaveLength(1);
    server.last().say({ type: "HEAD", audiences: { "seller:1": 14 } });
    server.last().say({ type: "HEAD", audiences: { "seller:1": 14 } });
    expect(server.last().received.slice(1)).toEqual([{ type: "RESUME", seq: 10 }]);
  });

  test("hands a new token to the open socket", async () => {
    const { client, server, goLive } = setUp();
    await goLive();
    client.authenticate("d.e.f");
    expect(server.last().received.at(-1)).toEqual({ type: "AUTH", token: "d.e.f" });
  });

  test("leaves no timer behind when it is closed", async () => {
    const { client, scheduler, goLive } = setUp();
    await goLive();
    client.close();
    expect(client.state()).toEqual({ status: "closed", reason: "stopped" });
    expect(scheduler.pending()).toBe(0);
  });

  test("is closed when nobody is logged in", async () => {
    const { client, scheduler, server } = setUp({ token: () => null });
    client.connect();
    await scheduler.advance(60_000);
    expect(client.state()).toEqual({ status: "closed", reason: "signed_out" });
    expect(server.sockets).toHaveLength(0);
  });
});

describe("after a lost link", () => {
  test("the first retry is drawn from the whole first second, and RESUME names the highest seq that was heard", async () => {
    const { client, server, scheduler, goLive } = setUp({ random: () => 0.4 });
    await goLive();
    server.last().say(stats(11));
    server.last().end(1006);
    expect(client.state()).toMatchObject({ status: "reconnecting", attempt: 1 });
    await scheduler.advance(399);
    expect(server.sockets).toHaveLength(1);
    await scheduler.advance(1);
    expect(server.sockets).toHaveLength(2);
    server.last().ready(12, AUDIENCES);
    expect(server.last().received).toEqual([{ type: "RESUME", seq: 11 }]);
  });

  test("the backoff grows until a link has been live for ten seconds", async () => {
    const { client, server, scheduler, goLive, stay } = setUp();
    await goLive();
    const attempts: number[] = [];
    for (const livedMs of [0, 9_999, 0, 10_000]) {
      await stay(livedMs);
      server.last().end(1006);
      const state = client.state();
      if (state.status !== "reconnecting") throw new Error(state.status);
      attempts.push(state.attempt);
      await scheduler.advance((state.retryAt ?? 0) - scheduler.now());
      server.last().ready(10, AUDIENCES);
      server.last().say({ type: "DIRTY", since: 10, seq: 10, events: [] });
    }
    expect(attempts).toEqual([1, 2, 3, 1]);
  });

  test("a link that says nothing is given up within eight seconds while somebody looks", async () => {
    const { client, server, scheduler, goLive } = setUp();
    await goLive();
    await scheduler.advance(4_999);
    expect(server.last().received).toHaveLength(1);
    await scheduler.advance(1);
    expect(server.last().received.at(-1)).toMatchObject({ type: "RESUME" });
    await scheduler.advance(3_000);
    expect(client.state().status).toBe("reconnecting");
  });

  test("a hidden page waits for two missed heartbeats", async () => {
    const { client, server, scheduler, goLive, hide } = setUp();
    hide();
    await goLive();
    await scheduler.advance(29_999);
    expect(server.last().received).toHaveLength(1);
    await scheduler.advance(3_001);
    expect(client.state().status).toBe("reconnecting");
  });

  test("a page that is seen again asks at once", async () => {
    const { server, goLive, wake } = setUp();
    await goLive();
    wake();
    expect(server.last().received).toHaveLength(2);
  });

  test("a page that is seen again does not wait for the next attempt", async () => {
    const { server, scheduler, goLive, wake } = setUp({ random: () => 0.99 });
    await goLive();
    server.last().end(1012);
    wake();
    await scheduler.advance(0);
    expect(server.sockets).toHaveLength(2);
  });

  test("4401 asks for a new token, 4403 ends it, 4429 backs off", async () => {
    const expired = setUp();
    await expired.goLive();
    expired.server.last().end(4401);
    await expired.scheduler.advance(1_000);
    expect(expired.asked).toEqual([false, true]);

    const revoked = setUp();
    await revoked.goLive();
    revoked.server.last().end(4403);
    await revoked.scheduler.advance(60_000);
    expect(revoked.client.state()).toEqual({ status: "closed", reason: "forbidden" });
    expect(revoked.server.sockets).toHaveLength(1);
    expect(revoked.scheduler.pending()).toBe(0);

    const many = setUp();
    await many.goLive();
    many.server.last().end(4429);
    await many.scheduler.advance(7_999);
    expect(many.server.sockets).toHaveLength(1);
    await many.scheduler.advance(1);
    expect(many.server.sockets).toHaveLength(2);
  });

  test("three refused upgrades in a row make the token suspect", async () => {
    const { client, server, scheduler, asked } = setUp();
    client.connect();
    for (let refusal = 0; refusal < 4; refusal += 1) {
      await scheduler.advance(30_000);
      server.last().end(1006);
    }
    await scheduler.advance(30_000);
    expect(asked.slice(0, 5)).toEqual([false, false, false, true, false]);
  });

  test("a token that cannot be had counts as a failed attempt", async () => {
    let working = false;
    const { client, server, scheduler } = setUp({ token: () => (working ? "a.b.c" : new Error("no network")) });
    client.connect();
    await scheduler.advance(0);
    expect(client.state()).toMatchObject({ status: "reconnecting", attempt: 1 });
    working = true;
    await scheduler.advance(1_000);
    expect(server.sockets).toHaveLength(1);
  });

  test("a server whose numbers have started anew is believed", async () => {
    const { server, scheduler, events, goLive } = setUp();
    await goLive(500);
    server.last().end(1012);
    await scheduler.advance(1_000);
    server.last().ready(3, AUDIENCES);
    server.last().say({ type: "RESYNC", reason: "unknown_seq", seq: 3 });
    server.last().say(stats(4));
    expect(events.slice(-2)).toMatchObject([
      { kind: "resync", reason: "unknown_seq", seq: 3 },
      { kind: "notification", notification: { seq: 4 } },
    ]);
  });
});

describe("a node that leaves", () => {
  test("is left for a new socket before the old one is closed, and nobody sees it", async () => {
    const { client, server, scheduler, events, goLive } = setUp();
    await goLive();
    const states: string[] = [];
    client.onState(({ status }) => states.push(status));
    const old = server.last();
    old.say({ type: "RECONNECT", after_ms: 2_000 });
    await scheduler.advance(1_000);
    expect(server.sockets).toHaveLength(2);
    expect(old.isOpen()).toBe(true);
    old.say(stats(11));
    server.last().ready(11, AUDIENCES);
    server.last().say({ type: "DIRTY", since: 10, seq: 11, events: [stats(11)] });
    expect(old.isOpen()).toBe(false);
    server.last().say(stats(12));
    expect(events.filter(({ kind }) => kind === "notification")).toHaveLength(2);
    expect(states).toEqual([]);
  });

  test("that goes before the new socket is there costs a reconnect", async () => {
    const { client, server, scheduler, goLive } = setUp();
    await goLive();
    const old = server.last();
    old.say({ type: "RECONNECT", after_ms: 0 });
    await scheduler.advance(0);
    old.end(1012);
    expect(client.state().status).toBe("reconnecting");
    server.last().ready(10, AUDIENCES);
    server.last().say({ type: "DIRTY", since: 10, seq: 10, events: [] });
    expect(client.state().status).toBe("live");
    expect(server.sockets).toHaveLength(2);
  });
});

describe("rooms", () => {
  test("are joined again on every new link, and what was missed in them is asked for", async () => {
    const { client, server, scheduler, events, goLive } = setUp();
    await goLive();
    client.joinRoom("catalog");
    server.last().say({ type: "JOINED", room: "catalog" });
    server.last().say({ type: "ROOM_MESSAGE", room: "catalog", payload: { hello: 1 } });
    expect(events.at(-1)).toEqual({ kind: "room_message", room: "catalog", payload: { hello: 1 } });
    server.last().end(1006);
    await scheduler.advance(1_000);
    server.last().ready(20, AUDIENCES);
    expect(server.last().received.map(({ type }) => type)).toEqual(["JOIN", "RESUME"]);
    server.last().say({ type: "DIRTY", since: 10, seq: 20, events: [] });
    server.last().say({ type: "JOINED", room: "catalog" });
    expect(server.last().received.at(-1)).toEqual({ type: "RESUME", seq: 10 });
  });

  test("that were left are not joined again", async () => {
    const { client, server, scheduler, goLive } = setUp();
    await goLive();
    client.joinRoom("order-9", "x.y.z");
    client.leaveRoom("order-9");
    expect(server.last().received.slice(1)).toEqual([
      { type: "JOIN", room: "order-9", token: "x.y.z" },
      { type: "LEAVE", room: "order-9" },
    ]);
    server.last().end(1006);
    await scheduler.advance(1_000);
    server.last().ready(10, AUDIENCES);
    expect(server.last().received.map(({ type }) => type)).toEqual(["RESUME"]);
  });
});
