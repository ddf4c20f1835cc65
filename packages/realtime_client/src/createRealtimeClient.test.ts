import { describe, expect, test } from "bun:test";
import { AUDIENCES, setUpClient, stats } from "./setUpClient.ts";

describe("a connection", () => {
  test("offers the token as a subprotocol, never in the URL", async () => {
    const { client, server, scheduler } = setUpClient();
    client.connect();
    await scheduler.advance(0);
    expect(server.last().url).toBe("ws://server.test/ws");
    expect(server.last().protocols).toEqual(["espigon.v1", "bearer.a.b.c"]);
  });

  test("is live only after RESUME was answered, and tells that all may be stale before READY", async () => {
    const { client, server, scheduler, events } = setUpClient();
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
    const { server, events, goLive } = setUpClient();
    await goLive();
    server.last().say(stats(11));
    server.last().say(stats(11));
    server.last().say({ type: "DIRTY", since: 10, seq: 11, events: [stats(11)] });
    expect(events.filter(({ kind }) => kind === "notification")).toHaveLength(1);
  });

  test("tells every hint that has no number", async () => {
    const { server, events, goLive } = setUpClient();
    await goLive();
    const foreign = { type: "SELLER_STATS_UPDATED", seller_id: "1", metadata: {} };
    server.last().say(foreign);
    server.last().say(foreign);
    expect(events.filter(({ kind }) => kind === "notification")).toHaveLength(2);
  });

  test("ignores what is no frame and what it does not know", async () => {
    const { client, server, events, goLive } = setUpClient();
    await goLive();
    const before = events.length;
    for (const text of ["", "{", "null", "[]", '{"type":"FUTURE","seq":99}', '{"type":"HEAD"}', "7"]) {
      server.last().sayText(text);
    }
    expect(events).toHaveLength(before);
    expect(client.state().status).toBe("live");
  });

  test("keeps the known events of a DIRTY that holds an unknown one", async () => {
    const { server, events, goLive } = setUpClient();
    await goLive();
    server.last().say({ type: "DIRTY", since: 10, seq: 13, events: [{ type: "FUTURE", seq: 12 }, stats(13)] });
    expect(events.at(-1)).toMatchObject({ kind: "notification", replayed: true, notification: { seq: 13 } });
  });

  test("asks for what it missed when a HEAD is above what it has heard, and once per answer", async () => {
    const { server, goLive } = setUpClient();
    await goLive();
    server.last().say({ type: "HEAD", audiences: { "seller:1": 10, "user:7": 3 } });
    expect(server.last().received).toHaveLength(1);
    server.last().say({ type: "HEAD", audiences: { "seller:1": 14 } });
    server.last().say({ type: "HEAD", audiences: { "seller:1": 14 } });
    expect(server.last().received.slice(1)).toEqual([{ type: "RESUME", seq: 10 }]);
  });

  test("hands a new token to the open socket", async () => {
    const { client, server, goLive } = setUpClient();
    await goLive();
    client.authenticate("d.e.f");
    expect(server.last().received.at(-1)).toEqual({ type: "AUTH", token: "d.e.f" });
  });

  test("leaves no timer behind when it is closed", async () => {
    const { client, scheduler, goLive } = setUpClient();
    await goLive();
    client.close();
    expect(client.state()).toEqual({ status: "closed", reason: "stopped" });
    expect(scheduler.pending()).toBe(0);
  });

  test("is closed when nobody is logged in", async () => {
    const { client, scheduler, server } = setUpClient({ token: () => null });
    client.connect();
    await scheduler.advance(60_000);
    expect(client.state()).toEqual({ status: "closed", reason: "signed_out" });
    expect(server.sockets).toHaveLength(0);
  });
});

describe("a node that leaves", () => {
  test("is left for a new socket before the old one is closed, and nobody sees it", async () => {
    const { client, server, scheduler, events, goLive } = setUpClient();
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
    const { client, server, scheduler, goLive } = setUpClient();
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
