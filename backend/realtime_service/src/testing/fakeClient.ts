import type { Principal } from "@espigon/event_contracts";
import { type Client, type ClientSocket, createClient } from "../websockets/client.ts";

/** A connection without a network. `sent` holds what it was told. */
export function fakeClient(principal: Partial<Principal> = {}): Client & { readonly sent: string[] } {
  const sent: string[] = [];
  const socket: ClientSocket = {
    send: (text) => sent.push(text),
    publish: () => 0,
    subscribe: () => {},
    unsubscribe: () => {},
    getBufferedAmount: () => 0,
    close: () => {},
    terminate: () => {},
  };
  const whole: Principal = { user_id: "7", role: "CLIENT", expires_at: 4_000_000_000, ...principal };
  return Object.assign(createClient(1, socket, whole, "127.0.0.1"), { sent });
}
