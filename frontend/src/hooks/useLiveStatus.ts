import { useSyncExternalStore } from "react";
import type { LiveStatus } from "../lib/LiveStatus.ts";
import { useServices } from "./useServices.ts";

/** What the live indicator shows. Changes at most twice a second, and only when the words change. */
export function useLiveStatus(): LiveStatus {
  const { liveStatus } = useServices();
  return useSyncExternalStore(liveStatus.subscribe, liveStatus.current);
}
