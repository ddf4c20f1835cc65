import type { Cancel, RealtimeClient, Scheduler } from "@espigon/realtime_client";
import type { LiveQueries } from "./createLiveQueries.ts";
import { deriveLiveStatus } from "./deriveLiveStatus.ts";
import type { LiveStatus } from "./LiveStatus.ts";
import type { NetworkState } from "./networkState.ts";
import type { Session } from "./Session.ts";

/** How late a change that only time brings may be shown. */
const TICK_MS = 500;

export type LiveStatusStore = {
  /** The same object until the words or the figures in it change. */
  readonly current: () => LiveStatus;
  readonly subscribe: (listener: () => void) => () => void;
};

export type LiveStatusDeps = {
  readonly realtime: Pick<RealtimeClient, "state" | "onState" | "heardAt" | "retry">;
  readonly queries: Pick<LiveQueries, "states" | "subscribe" | "refetchAll">;
  readonly session: Pick<Session, "state" | "subscribe">;
  readonly network: NetworkState;
  readonly scheduler: Scheduler;
};

/** Follows everything that the indicator depends on, while somebody looks. */
export function createLiveStatus(deps: LiveStatusDeps): LiveStatusStore {
  const { realtime, queries, session, network, scheduler } = deps;
  const listeners = new Set<() => void>();
  let stop: Cancel[] = [];
  let cancelTick: Cancel = () => {};

  const retry = (): void => {
    realtime.retry();
    queries.refetchAll();
  };
  const derive = (): LiveStatus => {
    const states = queries.states();
    const sessionState = session.state();
    return deriveLiveStatus(
      {
        now: scheduler.now(),
        connection: realtime.state(),
        online: network.isOnline(),
        sessionEnded: sessionState.status === "anonymous" && sessionState.ended,
        staleSince: least(states.map(({ staleSince }) => staleSince)),
        failing: states.some(({ error, staleSince }) => error !== undefined && staleSince !== null),
        lastUpdate: Math.max(0, realtime.heardAt() ?? 0, ...states.map(({ answeredAt }) => answeredAt ?? 0)),
      },
      retry,
    );
  };
  let shown = derive();

  const refresh = (): void => {
    const next = derive();
    if (!isSame(shown, next)) {
      shown = next;
      for (const listener of listeners) listener();
    }
    cancelTick();
    const calm = next.kind === "ended" || (next.kind === "live" && isCalm());
    if (!calm) cancelTick = scheduler.after(TICK_MS, refresh);
  };
  const isCalm = (): boolean =>
    realtime.state().status === "live" && queries.states().every(({ staleSince }) => staleSince === null);

  return {
    current: () => shown,
    subscribe(listener) {
      if (listeners.size === 0) {
        stop = [
          realtime.onState(refresh),
          queries.subscribe(refresh),
          session.subscribe(refresh),
          network.subscribe(refresh),
        ];
        refresh();
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancelTick();
        for (const end of stop) end();
      };
    },
  };
}

function least(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Whole seconds are all that is shown. */
function isSame(a: LiveStatus, b: LiveStatus): boolean {
  const seconds = (ms: number) => Math.floor(ms / 1_000);
  switch (a.kind) {
    case "live":
      return b.kind === "live" && seconds(a.lastUpdate) === seconds(b.lastUpdate);
    case "reconnecting":
      return b.kind === "reconnecting" && a.attempt === b.attempt;
    case "stale":
      return b.kind === "stale" && a.since === b.since;
    case "offline":
      return (
        b.kind === "offline" && seconds(a.retryInMs) === seconds(b.retryInMs) && seconds(a.since) === seconds(b.since)
      );
    case "connecting":
    case "ended":
      return a.kind === b.kind;
  }
}
