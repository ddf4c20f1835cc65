import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { LiveQuerySource } from "../lib/createLiveQueries.ts";
import type { RefetchState } from "../lib/RefetchCoordinator.ts";
import { useLatest } from "./useLatest.ts";
import { useServices } from "./useServices.ts";

export type Refetch = { readonly state: RefetchState; readonly refetch: () => void };

/**
 * One live query's coordinator, for as long as a component shows it. Another `key` starts anew; `load` and `concerns`
 * may change at any render.
 */
export function useRefetch({ key, load, concerns, numbered }: LiveQuerySource): Refetch {
  const { liveQueries } = useServices();
  const latest = useLatest({ load, concerns });
  const query = useMemo(
    () =>
      liveQueries.prepare({
        key,
        load: (floor, signal) => latest().load(floor, signal),
        concerns: (notification) => latest().concerns(notification),
        numbered,
      }),
    [liveQueries, latest, key, numbered],
  );
  useEffect(() => query.start(), [query]);
  const state = useSyncExternalStore(query.subscribe, query.state);
  return { state, refetch: query.refetch };
}
