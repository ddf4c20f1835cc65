import type { Notification } from "@espigon/event_contracts";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { RefetchState } from "../lib/RefetchCoordinator.ts";
import { useServices } from "./useServices.ts";
import { useLatest } from "./useLatest.ts";

export type RefetchOptions = {
  /** What is read: a change of it starts anew. */
  readonly key: string;
  readonly load: (floor: number, signal: AbortSignal) => Promise<number>;
  readonly concerns: (notification: Notification) => boolean;
  /** Whether answers carry an `asOf`; those that carry none are read again after every hint. */
  readonly numbered: boolean;
};

export type Refetch = { readonly state: RefetchState; readonly refetch: () => void };

const IDLE: RefetchState = { inFlight: true, error: undefined, shown: null, staleSince: null, answeredAt: null };

/** One live query's coordinator, for as long as a component shows it. `load` and `concerns` may change at any render. */
export function useRefetch({ key, load, concerns, numbered }: RefetchOptions): Refetch {
  const { liveQueries } = useServices();
  const latest = useLatest({ load, concerns });
  const [query, setQuery] = useState<ReturnType<typeof liveQueries.open>>();
  useEffect(() => {
    const opened = liveQueries.open({
      load: (floor, signal) => latest.current.load(floor, signal),
      concerns: (notification) => latest.current.concerns(notification),
      numbered,
    });
    setQuery(opened);
    return () => {
      setQuery(undefined);
      opened.close();
    };
  }, [liveQueries, latest, key, numbered]);
  const state = useSyncExternalStore(query?.subscribe ?? noSubscription, query?.state ?? idle);
  return { state, refetch: query?.refetch ?? noop };
}

const idle = () => IDLE;
const noop = () => {};
const noSubscription = () => noop;
