import { describe, expect, test } from "bun:test";
import { STREAM_HEARTBEAT_MS } from "@espigon/event_contracts";
import { createFakeScheduler } from "./createFakeScheduler.ts";
import { createFakeStreams } from "./createFakeStreams.ts";
import { createRealtimeClient } from "./createRealtimeClient.ts";
import { AUDIENCES, setUpClient, stats } from "./setUpClient.ts";

/** A client whose network lets no socket come to READY, live on a stream at seq 10. */
async function setUpOnStream() {
  const context = setUpClient({ fallback: true, random: () => 0 });
  const { client, server, scheduler, streams } = context;
  const greet = async (seq: number): Promise<void> => {
    streams.at(-1)?.say({ type: "READY", seq, audiences: AUDIENCES, heartbeat_ms: STREAM_HEARTBEAT_MS });
    streams.at(-1)?.say({ type: "DIRTY", since: 0, seq, events: [] });
    await settle();
  };
  /** The stream's own promises are not those of the scheduler. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 10; round += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    await scheduler.advance(0);
  };
  client.connect();
  for (let tries = 0; tries < 3; tries += 1) {
    await scheduler.advance(0);
    server.last().end(1006);
  }
  await scheduler.advance(0);
  await greet(10);
  /** Time passes while the stream gives signs of life. */
  const stay = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 5_000) {
      for (const stream of streams) stream.say({ type: "HEAD", audiences: {} });
      await settle();
      await scheduler.advance(Math.min(left, 5_000));
    }
  };
  return { ...context, greet, settle, stay };
}

describe("where sockets do not come to READY", () => {
  test("the third failure leads to a stream, which says what was missed", async () => {
    const { client, server, streams, events, settle } = await setUpOnStream();
    expect([server.sockets.length, streams.length, client.state().status]).toEqual([3, 1, "live"]);
    expect(streams[0]).toMatchObject({
      url: "http://server.test/sse",
      headers: { authorization: "Bearer a.b.c", "last-event-id": "0" },
    });
    streams[0]?.say(stats(11));
    await settle();
    expect(events.at(-1)).toMatchObject({ kind: "notification", notification: { seq: 11 } });
    client.close();
    expect(streams[0]?.isOpen()).toBe(false);
  });

  test("a stream that falls silent is not taken for live ten seconds later", async () => {
    const { client, scheduler } = await setUpOnStream();
    await scheduler.advance(9_999);
    expect(client.state().status).toBe("reconnecting");
  });

  test("a socket that the browser will not even make is one that failed", async () => {
    const { fetch, streams } = createFakeStreams();
    const scheduler = createFakeScheduler();
    const client = createRealtimeClient({
      url: "ws://server.test/ws",
      fallbackUrl: "http://server.test/sse",
      getToken: async () => "a.b.c",
      WebSocket: function refuse() {
        throw new DOMException("insecure", "SecurityError");
      } as unknown as typeof WebSocket,
      fetch,
      scheduler,
      random: () => 0,
    });
    client.connect();
    for (let tries = 0; tries < 4; tries += 1) await scheduler.advance(0);
    expect([streams.length, client.state().status]).toEqual([1, "reconnecting"]);
    client.close();
  });

  test("a cut stream is followed by a stream, which resumes", async () => {
    const { client, server, scheduler, streams, greet, settle } = await setUpOnStream();
    streams[0]?.say(stats(12));
    await settle();
    streams[0]?.end(1012);
    await settle();
    expect([streams.length, streams[1]?.headers["last-event-id"]]).toEqual([2, "11"]);
    await greet(12);
    expect(client.state().status).toBe("live");
    expect(server.sockets).toHaveLength(3);
    await scheduler.advance(0);
  });

  test("a newer token and a room are said by the next stream, before the old one is left", async () => {
    const { client, streams, greet, settle } = await setUpOnStream();
    client.joinRoom("catalog");
    await settle();
    expect([streams.length, streams[1]?.url, streams[0]?.isOpen()]).toEqual([
      2,
      "http://server.test/sse?room=catalog",
      true,
    ]);
    await greet(10);
    expect([streams[0]?.isOpen(), streams[1]?.isOpen()]).toEqual([false, true]);
    client.authenticate("d.e.f");
    await settle();
    expect(streams).toHaveLength(3);
    await greet(10);
    expect(streams.map((stream) => stream.isOpen())).toEqual([false, false, true]);
    expect(client.state().status).toBe("live");
  });

  test("a socket is tried again now and then, and taken when it works", async () => {
    const { client, server, streams, stay } = await setUpOnStream();
    await stay(60_000);
    expect(server.sockets).toHaveLength(4);
    server.last().end(1006);
    await stay(110_000);
    expect([server.sockets.length, streams.length, client.state().status]).toEqual([4, 1, "live"]);
    await stay(10_000);
    expect(server.sockets).toHaveLength(5);
    server.last().ready(10, AUDIENCES);
    server.last().say({ type: "DIRTY", since: 10, seq: 10, events: [] });
    expect([streams[0]?.isOpen(), client.state().status]).toEqual([false, "live"]);
  });

  test("an outage of everything says nothing about sockets: they are tried again as soon as ever", async () => {
    const { client, server, streams, scheduler, greet, settle, stay } = await setUpOnStream();
    for (let tries = 0; tries < 10; tries += 1) {
      streams.at(-1)?.end(1006);
      await settle();
      server.last().end(1006);
      await settle();
    }
    await greet(10);
    expect(client.state().status).toBe("live");
    const { length } = server.sockets;
    await stay(60_000);
    await scheduler.advance(0);
    expect(server.sockets.length).toBe(length + 1);
  });

  test("a stream that says nothing for two heartbeats is given up", async () => {
    const { scheduler, streams, settle } = await setUpOnStream();
    await scheduler.advance(2 * STREAM_HEARTBEAT_MS - 100);
    await settle();
    expect(streams).toHaveLength(1);
    await scheduler.advance(5_000);
    await settle();
    expect([streams.length, streams[0]?.isOpen()]).toEqual([2, false]);
  });

  test("when streams fail as well, both are tried in turns", async () => {
    const { server, streams, scheduler, settle } = await setUpOnStream();
    streams[0]?.end(1012);
    await settle();
    streams[1]?.end(1006);
    await settle();
    expect([server.sockets.length, streams.length]).toEqual([4, 2]);
    server.last().end(1006);
    await scheduler.advance(0);
    await settle();
    expect([server.sockets.length, streams.length]).toEqual([4, 3]);
  });
});

test("without an address for streams there are sockets alone", async () => {
  const { client, server, scheduler, streams } = setUpClient({ random: () => 0 });
  client.connect();
  for (let tries = 0; tries < 6; tries += 1) {
    await scheduler.advance(0);
    server.last().end(1006);
  }
  expect([server.sockets.length, streams.length]).toEqual([6, 0]);
});
