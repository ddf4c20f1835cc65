import { describe, expect, test } from "bun:test";
import { AUDIENCES, setUpClient, stats } from "./setUpClient.ts";

describe("after a lost link", () => {
  test("it is known whether there has been a live one, and when the server was heard on it", async () => {
    const { client, server, scheduler, goLive } = setUpClient();
    client.connect();
    await scheduler.advance(0);
    server.last().ready(10, AUDIENCES);
    server.last().end(1006);
    expect(client.state()).toMatchObject({ status: "reconnecting", heardAt: null });
    client.close();
    await goLive();
    const heardAt = scheduler.now();
    await scheduler.advance(2_000);
    server.last().end(1006);
    expect(client.state()).toMatchObject({ status: "reconnecting", heardAt });
    await scheduler.advance(1_000);
    server.last().ready(10, AUDIENCES);
    server.last().end(1006);
    expect(client.state()).toMatchObject({ status: "reconnecting", heardAt });
  });

  test("a server that takes the socket and greets nobody, or answers no RESUME, is given up", async () => {
    const { client, server, scheduler } = setUpClient();
    client.connect();
    await scheduler.advance(0);
    server.last().accept();
    await scheduler.advance(15_000);
    expect(server.sockets.length).toBeGreaterThan(1);
    const before = server.sockets.length;
    server.last().ready(10, AUDIENCES);
    await scheduler.advance(15_000);
    expect(server.sockets.length).toBeGreaterThan(before);
    expect(client.state().status).toBe("reconnecting");
  });

  test("what the server tells by itself answers a RESUME only where it begins no later", async () => {
    const { client, server, scheduler, goLive } = setUpClient();
    await goLive();
    server.last().say(stats(11));
    server.last().end(1006);
    await scheduler.advance(2_000);
    server.last().ready(20, AUDIENCES);
    server.last().say({ type: "DIRTY", since: 15, seq: 20, events: [] });
    expect([client.state().status, client.position().resumePoint]).toEqual(["reconnecting", 10]);
    server.last().say({ type: "DIRTY", since: 10, seq: 20, events: [] });
    expect([client.state().status, client.position().resumePoint]).toEqual(["live", 20]);
  });

  test("a room that is joined again is asked for again, though another RESUME is still unanswered", async () => {
    const { client, server, scheduler, goLive } = setUpClient();
    await goLive();
    client.joinRoom("catalog");
    server.last().say({ type: "JOINED", room: "catalog" });
    server.last().end(1006);
    await scheduler.advance(2_000);
    server.last().ready(20, AUDIENCES);
    server.last().say({ type: "JOINED", room: "catalog" });
    const asked = () => server.last().received.filter(({ type }) => type === "RESUME").length;
    expect(asked()).toBe(1);
    server.last().say({ type: "DIRTY", since: 10, seq: 20, events: [] });
    expect([asked(), client.position().resumePoint]).toEqual([2, 10]);
  });

  test("a server whose numbers start anew is heard and resumed by the new ones, however low", async () => {
    const { client, server, goLive } = setUpClient();
    const told: unknown[] = [];
    client.subscribe((event) => told.push(event.kind === "notification" ? event.notification.seq : event.kind));
    await goLive();
    server.last().say(stats(12));
    server.last().say({ type: "RESYNC", reason: "unknown_seq", seq: 2 });
    server.last().say(stats(3));
    expect(told.slice(-3)).toEqual([12, "resync", 3]);
    expect(client.position()).toEqual({ applied: 3, resumePoint: 2 });
  });

  test("the first retry is drawn from the whole first second, and RESUME names the seq before the last hint", async () => {
    const { client, server, scheduler, goLive } = setUpClient({ random: () => 0.4 });
    await goLive();
    server.last().say(stats(11));
    server.last().end(1006);
    expect(client.state()).toMatchObject({ status: "reconnecting", attempt: 1 });
    await scheduler.advance(399);
    expect(server.sockets).toHaveLength(1);
    await scheduler.advance(1);
    expect(server.sockets).toHaveLength(2);
    server.last().ready(12, AUDIENCES);
    expect(server.last().received).toEqual([{ type: "RESUME", seq: 10 }]);
  });

  test("the backoff grows until a link has been live for ten seconds", async () => {
    const { client, server, scheduler, goLive, stay } = setUpClient();
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
    const { client, server, scheduler, goLive } = setUpClient();
    await goLive();
    await scheduler.advance(4_999);
    expect(server.last().received).toHaveLength(1);
    await scheduler.advance(1);
    expect(server.last().received.at(-1)).toMatchObject({ type: "RESUME" });
    await scheduler.advance(3_000);
    expect(client.state().status).toBe("reconnecting");
  });

  test("a hidden page waits for two missed heartbeats", async () => {
    const { client, server, scheduler, goLive, hide } = setUpClient();
    hide();
    await goLive();
    await scheduler.advance(29_999);
    expect(server.last().received).toHaveLength(1);
    await scheduler.advance(3_001);
    expect(client.state().status).toBe("reconnecting");
  });

  test("a page that is seen again asks at once", async () => {
    const { server, goLive, wake } = setUpClient();
    await goLive();
    wake();
    expect(server.last().received).toHaveLength(2);
  });

  test("a page that is seen again does not wait for the next attempt", async () => {
    const { server, scheduler, goLive, wake } = setUpClient({ random: () => 0.99 });
    await goLive();
    server.last().end(1012);
    wake();
    await scheduler.advance(0);
    expect(server.sockets).toHaveLength(2);
  });

  test("a token that was refused is not shown again by a retry that does not wait its turn", async () => {
    const { server, scheduler, goLive, wake, asked } = setUpClient();
    await goLive();
    server.last().end(4401);
    wake();
    await scheduler.advance(0);
    expect([server.sockets.length, asked]).toEqual([2, [false, true]]);
    server.last().ready(10, AUDIENCES);
    server.last().end(1006);
    wake();
    await scheduler.advance(0);
    expect(asked).toEqual([false, true, false]);
  });

  test("a token that could not be renewed is renewed by the next try", async () => {
    let offline = false;
    const { server, scheduler, asked, client } = setUpClient({
      token: () => (offline ? new Error("offline") : "a.b.c"),
    });
    client.connect();
    await scheduler.advance(0);
    server.last().ready(10, AUDIENCES);
    offline = true;
    server.last().end(4401);
    await scheduler.advance(1_000);
    offline = false;
    await scheduler.advance(2_000);
    expect([server.sockets.length, asked]).toEqual([2, [false, true, true]]);
  });

  test("4401 asks for a new token, 4403 ends it, 4429 backs off", async () => {
    const expired = setUpClient();
    await expired.goLive();
    expired.server.last().end(4401);
    await expired.scheduler.advance(1_000);
    expect(expired.asked).toEqual([false, true]);

    const revoked = setUpClient();
    await revoked.goLive();
    revoked.server.last().end(4403);
    await revoked.scheduler.advance(60_000);
    expect(revoked.client.state()).toEqual({ status: "closed", reason: "forbidden" });
    expect(revoked.server.sockets).toHaveLength(1);
    expect(revoked.scheduler.pending()).toBe(0);

    const many = setUpClient();
    await many.goLive();
    many.server.last().end(4429);
    await many.scheduler.advance(7_999);
    expect(many.server.sockets).toHaveLength(1);
    await many.scheduler.advance(1);
    expect(many.server.sockets).toHaveLength(2);
  });

  test("three refused upgrades in a row make the token suspect", async () => {
    const { client, server, scheduler, asked } = setUpClient();
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
    const { client, server, scheduler } = setUpClient({ token: () => (working ? "a.b.c" : new Error("no network")) });
    client.connect();
    await scheduler.advance(0);
    expect(client.state()).toMatchObject({ status: "reconnecting", attempt: 1 });
    working = true;
    await scheduler.advance(1_000);
    expect(server.sockets).toHaveLength(1);
  });

  test("a server whose numbers have started anew is believed", async () => {
    const { server, scheduler, events, goLive } = setUpClient();
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
