import type { Notification } from "@espigon/event_contracts";
import type { ConnectionState } from "@espigon/realtime_client";
import { useConnectionState } from "@espigon/realtime_client/react";
import { useEffect } from "react";
import { useLatest } from "./useLatest.ts";
import { useServices } from "./useServices.ts";

export type UseWebSocketOptions = {
  /** The access token of whoever is logged in; null or undefined: nobody, so nothing is heard. */
  readonly token: string | null | undefined;
  /** Called with each hint, in the order of arrival, each at most once. */
  readonly onStatsUpdate?: (event: Notification) => void;
  readonly onConnect?: () => void;
  readonly onDisconnect?: () => void;
  /** Writes what is heard to the console. */
  readonly debug?: boolean;
};

export type UseWebSocket = { readonly isConnected: boolean; readonly state: ConnectionState };

/**
 * Hints as they arrive. All users of this hook share one connection, which belongs to the session and always carries
 * its newest token; `token` only says whether somebody is logged in. For data on screen use `useLiveQuery`.
 */
export function useWebSocket(options: UseWebSocketOptions): UseWebSocket {
  const { realtime } = useServices();
  const latest = useLatest(options);
  const state = useConnectionState(realtime);
  const enabled = options.token !== null && options.token !== undefined && options.token !== "";
  const isConnected = enabled && state.status === "live";

  useEffect(() => {
    if (!enabled) return;
    return realtime.subscribe((event) => {
      if (latest().debug === true) console.debug("[WebSocket] Message received:", event);
      if (event.kind === "notification") latest().onStatsUpdate?.(event.notification);
    });
  }, [enabled, realtime, latest]);

  useEffect(() => {
    if (!isConnected) return;
    if (latest().debug === true) console.debug("[WebSocket] Connected");
    latest().onConnect?.();
    return () => {
      if (latest().debug === true) console.debug("[WebSocket] Disconnected");
      latest().onDisconnect?.();
    };
  }, [isConnected, latest]);

  return { isConnected, state };
}
