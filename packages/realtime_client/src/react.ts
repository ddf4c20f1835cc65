import { useSyncExternalStore } from "react";
import type { ConnectionState } from "./ConnectionState.ts";
import type { RealtimeClient } from "./RealtimeClient.ts";

/** How the client stands with its server; renders again when that changes. */
export function useConnectionState(client: Pick<RealtimeClient, "state" | "onState">): ConnectionState {
  return useSyncExternalStore(client.onState, client.state);
}
