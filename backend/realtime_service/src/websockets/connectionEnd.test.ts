import { afterEach, expect, test } from "bun:test";
import { fakeClient } from "../testing/fakeClient.ts";
import { createEndConnection } from "./connectionEnd.ts";
import { createTimerWheel, type TimerWheel } from "./timerWheel.ts";

let wheel: TimerWheel;
afterEach(() => wheel.stop());

/** A connection whose reader has so many bytes before it, and what was done to its socket. */
function endingOf(bufferedBytes: number) {
  const clock = { time: 1000 };
  wheel = createTimerWheel(() => clock.time);
  const client = fakeClient();
  const done: string[] = [];
  client.socket.getBufferedAmount = () => bufferedBytes;
  client.socket.close = (code) => done.push(`close ${code}`);
  client.socket.terminate = () => done.push("terminate");
  const end = createEndConnection(wheel, () => clock.time);
  const pass = (ms: number) => {
    clock.time += ms;
    wheel.turn();
  };
  return { client, done, end, pass };
}

test("a reader that is behind would not see the close, and is cut off at once", () => {
  const { client, done, end } = endingOf(1);
  end(client, 4403, "access revoked");
  end(client, 4403, "access revoked");
  expect([done, client.state]).toEqual([["terminate"], "closing"]);
});

test("a peer that does not answer the close is cut off a second later, and one that has closed is not", () => {
  for (const [state, expected] of [
    ["closing", ["close 4401", "terminate"]],
    ["closed", ["close 4401"]],
  ] as const) {
    const { client, done, end, pass } = endingOf(0);
    end(client, 4401, "token expired");
    client.state = state;
    pass(950);
    expect(done).toEqual(["close 4401"]);
    pass(100);
    expect(done).toEqual([...expected]);
    wheel.stop();
  }
});
