import type { CloseCode } from "@espigon/event_contracts";
import type { Client } from "./client.ts";
import type { TimerWheel } from "./timerWheel.ts";

/** A peer that does not answer a close within this time loses its socket anyway, in milliseconds. */
const CLOSE_ANSWER_MS = 1000;

/** Closes a connection; it hears and may do nothing more from now on. */
export type EndConnection = (client: Client, code: CloseCode, reason: string) => void;

export function createEndConnection(wheel: TimerWheel, now: () => number): EndConnection {
  const terminate = (client: Client) => {
    if (client.state === "closing") client.socket.terminate();
  };
  return (client, code, reason) => {
    if (client.state !== "open") return;
    client.state = "closing";
    client.socket.close(code, reason);
    wheel.at(now() + CLOSE_ANSWER_MS, terminate, client);
  };
}
