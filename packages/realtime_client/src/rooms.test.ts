import { describe, expect, test } from "bun:test";
import type { RealtimeEvent } from "./RealtimeEvent.ts";
import { AUDIENCES, setUpClient } from "./setUpClient.ts";

const refusal = (code: string, room = "order-9") => ({ type: "ERROR", code, message: "No", room });
const refusals = (events: readonly RealtimeEvent[]) => events.filter(({ kind }) => kind === "room_refused");

describe("rooms", () => {
  test("are joined again on every new link, and what was missed in them is asked for", async () => {
    const { client, server, scheduler, events, goLive } = setUpClient();
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
    const { client, server, scheduler, goLive } = setUpClient();
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

  test("that were refused for good are told of, and not asked for again", async () => {
    const { client, server, scheduler, events, goLive } = setUpClient();
    await goLive();
    client.joinRoom("order-9", "x.y.z");
    server.last().say(refusal("INVALID_TOKEN"));
    const told = { kind: "room_refused", room: "order-9", token: "x.y.z", code: "INVALID_TOKEN", final: true } as const;
    expect(events.at(-1)).toEqual(told);
    server.last().end(1006);
    await scheduler.advance(60_000);
    server.last().ready(10, AUDIENCES);
    expect(server.last().received.map(({ type }) => type)).toEqual(["RESUME"]);
    client.joinRoom("order-9", "x.y.new");
    expect(server.last().received.at(-1)).toEqual({ type: "JOIN", room: "order-9", token: "x.y.new" });
  });

  test("that were refused for the moment are told of once, and asked for until they are joined or left", async () => {
    const { client, server, events, goLive, stay } = setUpClient();
    await goLive();
    const joins = () => server.last().received.filter(({ type }) => type === "JOIN").length;
    client.joinRoom("order-9", "x.y.z");
    for (const round of [1, 2, 3]) {
      expect(joins()).toBe(round);
      server.last().say(refusal("RATE_LIMITED"));
      await stay(10_000);
    }
    expect(refusals(events)).toMatchObject([{ code: "RATE_LIMITED", final: false }]);
    server.last().say({ type: "JOINED", room: "order-9" });
    await stay(20_000);
    expect(joins()).toBe(4);
    client.joinRoom("order-9", "x.y.z");
    server.last().say(refusal("TOO_MANY_ROOMS"));
    client.leaveRoom("order-9");
    await stay(20_000);
    expect(joins()).toBe(5);
    expect(refusals(events)).toHaveLength(2);
  });

  test("stay wanted when it was an older token that was refused, whatever the answers cross", async () => {
    const { client, server, scheduler, events, goLive } = setUpClient();
    await goLive();
    client.joinRoom("order-9", "old.old.old");
    client.joinRoom("order-9", "new.new.new");
    server.last().say(refusal("INVALID_TOKEN"));
    server.last().say({ type: "JOINED", room: "order-9" });
    expect(refusals(events)).toEqual([]);
    server.last().end(1006);
    await scheduler.advance(1_000);
    server.last().ready(10, AUDIENCES);
    expect(server.last().received[0]).toEqual({ type: "JOIN", room: "order-9", token: "new.new.new" });
  });

  test("that cannot even be asked for are refused here, and cost no connection", async () => {
    const { client, server, scheduler, events, goLive } = setUpClient();
    await goLive();
    client.joinRoom("order-9", "no token");
    await scheduler.advance(0);
    expect(refusals(events)).toMatchObject([{ room: "order-9", token: "no token", code: "MALFORMED", final: true }]);
    expect(server.last().received.map(({ type }) => type)).toEqual(["RESUME"]);
  });

  test("leave no timer behind when the client is closed", async () => {
    const { client, server, scheduler, goLive } = setUpClient();
    await goLive();
    client.joinRoom("catalog");
    server.last().say(refusal("RATE_LIMITED", "catalog"));
    client.close();
    expect(scheduler.pending()).toBe(0);
  });
});
