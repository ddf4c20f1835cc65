import type { CloseCode } from "@espigon/event_contracts";
import type { Client } from "./client.ts";
import type { TimerWheel } from "./timerWheel.ts";

/** A stream that does not end within this time is cut off, in milliseconds. */
const END_WITHIN_MS = 1000;

/**
 * Closes a connection; it hears and may do nothing more from now on. A reader that is behind would not see the close
 * for long, if ever, and is cut off: so its descriptor is free at once. That of a peer that has gone without a word is
 * kept by the engine for up to 17 s, whatever one does.
 */
export type EndConnection = (client: Client, code: CloseCode, reason: string) => void;

export function createEndConnection(wheel: TimerWheel, now: () => number): EndConnection {
  const terminate = (client: Client) => {
    if (client.state === "closing") client.socket.terminate();
  };
  return (client, code, reason) => {
    if (client.state !== "open") return;
    client.state = "closing";
    if (client.socket.getBufferedAmount() > 0) return client.socket.terminate();
    client.socket.close(code, reason);
    wheel.at(now() + END_WITHIN_MS, terminate, client);
  };
}
