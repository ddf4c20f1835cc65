import { CloseCode } from "@espigon/event_contracts";
import type { EndConnection } from "./connectionEnd.ts";
import type { Hub } from "./hub.ts";

/** A client has this long to open its new socket after its turn, in milliseconds. */
const LEAVE_WITHIN_MS = 1000;
/** How often the departures are looked at, in milliseconds. */
const LOOK_EVERY_MS = 50;

export type DrainDeps = { readonly hub: Hub; readonly end: EndConnection; readonly windowMs: number };

/**
 * Sends all clients away: each is told to reconnect at its own moment of the window, and who is still there a second
 * after the window is closed with 1012. Resolves when all have gone, at most 2 s after the window. A window of 0 closes
 * at once.
 */
export async function drain({ hub, end, windowMs }: DrainDeps): Promise<void> {
  const until = async (condition: () => boolean, deadlineMs: number) => {
    const deadline = Date.now() + deadlineMs;
    while (!condition() && Date.now() < deadline) await Bun.sleep(LOOK_EVERY_MS);
  };
  const empty = () => hub.clients.size === 0;

  if (windowMs > 0) {
    for (const client of hub.clients) {
      hub.send(client, { type: "RECONNECT", after_ms: Math.floor(Math.random() * windowMs) });
    }
    await until(empty, windowMs + LEAVE_WITHIN_MS);
  }
  for (const client of hub.clients) end(client, CloseCode.RESTART, "the node restarts");
  await until(empty, LEAVE_WITHIN_MS);
}
