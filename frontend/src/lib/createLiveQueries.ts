import type { Notification } from "@espigon/event_contracts";
import type { RealtimeClient, RealtimeEvent, Scheduler } from "@espigon/realtime_client";
import { createRefetchCoordinator } from "./createRefetchCoordinator.ts";
import type { PageVisibility } from "./PageVisibility.ts";
import type { RefetchCoordinator, RefetchState } from "./RefetchCoordinator.ts";

export type LiveQuerySource = {
  /** Names what is read. */
  readonly key: string;
  /** Reads once, at least up to `floor`; resolves to the answer's `asOf`, or to `floor` where `numbered` is false. */
  readonly load: (floor: number, signal: AbortSignal) => Promise<number>;
  readonly concerns: (notification: Notification) => boolean;
  /** Whether answers carry an `asOf`. Those that carry none are read again after every hint. */
  readonly numbered: boolean;
};

type LiveQuery = {
  readonly state: () => RefetchState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly refetch: () => void;
  /** Reads and follows, until the returned function is called; may be started again after that. */
  readonly start: () => () => void;
};

export type LiveQueries = {
  /** A query that does nothing before its `start`. */
  readonly prepare: (source: LiveQuerySource) => LiveQuery;
  /** The states of all started queries. */
  readonly states: () => readonly RefetchState[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Reads all started queries again. */
  readonly refetchAll: () => void;
};

export type LiveQueriesDeps = {
  readonly realtime: Pick<RealtimeClient, "subscribe" | "onState">;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly visibility: PageVisibility;
  readonly isFinal: (error: Error) => boolean;
};

const NOT_STARTED: RefetchState = {
  inFlight: true,
  error: undefined,
  shown: null,
  staleSince: null,
  answeredAt: null,
};

/** Joins what the server tells to the queries on screen: each has a coordinator of its own. */
export function createLiveQueries(deps: LiveQueriesDeps): LiveQueries {
  const open = new Map<RefetchCoordinator, LiveQuerySource>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  deps.realtime.subscribe((event) => {
    for (const [coordinator, source] of open) tell(coordinator, source, event);
  });
  deps.realtime.onState(({ status }) => {
    if (status !== "live") return;
    for (const coordinator of open.keys()) coordinator.recover();
  });
  deps.visibility.subscribe(() => {
    for (const coordinator of open.keys()) coordinator.wake();
  });
  return {
    prepare(source) {
      const watchers = new Set<() => void>();
      let coordinator: RefetchCoordinator | undefined;
      return {
        state: () => coordinator?.state() ?? NOT_STARTED,
        subscribe(listener) {
          watchers.add(listener);
          return () => watchers.delete(listener);
        },
        refetch: () => coordinator?.refetch(),
        start() {
          const started = createRefetchCoordinator({
            ...deps,
            isVisible: deps.visibility.isVisible,
            load: source.load,
          });
          coordinator = started;
          open.set(started, source);
          const tellAll = () => {
            for (const watcher of watchers) watcher();
            changed();
          };
          started.subscribe(tellAll);
          tellAll();
          return () => {
            open.delete(started);
            started.dispose();
            changed();
          };
        },
      };
    },
    states: () => [...open.keys()].map((coordinator) => coordinator.state()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refetchAll() {
      for (const coordinator of open.keys()) coordinator.refetch();
    },
  };
}

function tell(coordinator: RefetchCoordinator, source: LiveQuerySource, event: RealtimeEvent): void {
  if (event.kind === "notification") {
    if (!source.concerns(event.notification)) return;
    const spread = event.replayed;
    const { seq } = event.notification;
    if (source.numbered && seq !== undefined) coordinator.hint(seq, { spread });
    else coordinator.refetch({ spread });
  } else if (event.kind === "resync") {
    const spread = event.reason !== "connected";
    if (event.reason === "unknown_seq" && source.numbered) coordinator.restart(event.seq);
    else if (source.numbered) coordinator.hint(event.seq, { spread });
    else coordinator.refetch({ spread });
  }
}
