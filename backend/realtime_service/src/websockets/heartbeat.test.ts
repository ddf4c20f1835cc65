import { afterEach, expect, test } from "bun:test";
import { createTokenExpiry } from "../auth/tokenExpiry.ts";
import { fakeClient } from "../testing/fakeClient.ts";
import type { Client } from "./client.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createTimerWheel } from "./timerWheel.ts";

const HEARTBEAT_MS = 15_000;

/** A heartbeat with its wheel and the expiry of tokens, on a clock that the test moves in steps of 50 ms. */
function beating() {
  const clock = { time: 1_000_000 };
  const now = () => clock.time;
  const wheel = createTimerWheel(now);
  const beats: { client: Client; time: number }[] = [];
  const ended: { client: Client; time: number }[] = [];
  let cutOff = 0;
  const watchExpiry = createTokenExpiry({
    wheel,
    end(client) {
      client.state = "closed";
      ended.push({ client, time: clock.time });
    },
    graceMs: 5000,
    horizonMs: HEARTBEAT_MS,
    now,
  });
  const heartbeat = createHeartbeat({
    hub: { sendHead: (client) => void beats.push({ client, time: clock.time }) },
    wheel,
    watchExpiry,
    metrics: { cutOffSlowReader: () => void (cutOff += 1) },
    heartbeatMs: HEARTBEAT_MS,
    slowReaderMs: 10_000,
    now,
  });
  stop = () => wheel.stop();
  return {
    clock,
    heartbeat,
    watchExpiry,
    beats,
    ended,
    cutOffs: () => cutOff,
    pass: (milliseconds: number) => {
      for (const end = clock.time + milliseconds; clock.time < end; clock.time += 50) {
        heartbeat.turn();
        wheel.turn();
      }
    },
  };
}
let stop = () => {};
afterEach(() => stop());

test("every connection has its beat within each heartbeat, whenever it came", () => {
  const { heartbeat, beats, clock, pass } = beating();
  const joined = new Map<Client, number>();
  for (let index = 0; index < 50; index += 1) {
    const client = fakeClient();
    joined.set(client, clock.time);
    heartbeat.join(client);
    pass(350);
  }
  pass(60_000);
  for (const [client, since] of joined) {
    const times = [since, ...beats.filter((beat) => beat.client === client).map(({ time }) => time), clock.time];
    const silences = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...silences)).toBeLessThanOrEqual(HEARTBEAT_MS);
    expect(times.length).toBeLessThan(10);
  }
});

test("a clock that jumps gives one beat, and one that is set back silences nobody", () => {
  const { heartbeat, beats, clock, pass } = beating();
  heartbeat.join(fakeClient());
  clock.time += 86_400_000;
  heartbeat.turn();
  expect(beats).toHaveLength(1);
  clock.time -= 86_400_000;
  pass(HEARTBEAT_MS);
  expect(beats).toHaveLength(2);
});

test("a token ends its connection when the grace is over, however far ahead that was, unless it was renewed", () => {
  const { heartbeat, watchExpiry, ended, clock, pass } = beating();
  const expires_at = clock.time / 1000 + 900;
  const [idle, renewed] = [fakeClient({ expires_at }), fakeClient({ expires_at })];
  for (const client of [idle, renewed]) {
    heartbeat.join(client);
    watchExpiry(client);
  }
  pass(895_000);
  renewed.principal = { ...renewed.principal, expires_at: expires_at + 900 };
  watchExpiry(renewed);
  pass(60_000);
  expect(ended.map(({ client }) => client)).toEqual([idle]);
  const late = (ended[0]?.time ?? 0) - (expires_at * 1000 + 5000);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThanOrEqual(50);
});

test("a reader that takes nothing is cut off at its time, one that has caught up is not", () => {
  const { heartbeat, clock, cutOffs, pass } = beating();
  const [stuck, recovered] = [fakeClient(), fakeClient()];
  for (const client of [stuck, recovered]) {
    heartbeat.join(client);
    client.stuckSince = clock.time;
  }
  pass(HEARTBEAT_MS / 2);
  recovered.stuckSince = undefined;
  pass(HEARTBEAT_MS);
  expect(cutOffs()).toBe(1);
});

test("a reader that has caught up and then takes nothing again has its whole time anew", () => {
  const { heartbeat, clock, cutOffs, pass } = beating();
  const reader = fakeClient();
  heartbeat.join(reader);
  pass(10_000);
  reader.stuckSince = clock.time;
  pass(5_000);
  reader.stuckSince = clock.time;
  pass(9_950);
  expect(cutOffs()).toBe(0);
  pass(HEARTBEAT_MS);
  expect(cutOffs()).toBeGreaterThan(0);
});

test("a reader that takes nothing is cut off in time when the clock was set back meanwhile", () => {
  const { heartbeat, clock, cutOffs, pass } = beating();
  const stuck = fakeClient();
  heartbeat.join(stuck);
  stuck.stuckSince = clock.time;
  pass(50);
  clock.time -= 600_000;
  pass(HEARTBEAT_MS + 10_000);
  expect(cutOffs()).toBeGreaterThan(0);
});

test("nothing keeps a connection that has ended for longer than a heartbeat", async () => {
  const { heartbeat, watchExpiry, pass, clock } = beating();
  const ended = Array.from({ length: 200 }, () => {
    const client = fakeClient({ expires_at: clock.time / 1000 + 900 });
    heartbeat.join(client);
    watchExpiry(client);
    client.state = "closed";
    return new WeakRef(client);
  });
  pass(HEARTBEAT_MS);
  await Bun.sleep(0);
  Bun.gc(true);
  // A word on the stack may look like one of them.
  expect(ended.filter((client) => client.deref() !== undefined).length).toBeLessThan(5);
});
