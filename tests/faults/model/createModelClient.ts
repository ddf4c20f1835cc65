import {
  type Audience,
  audiencesOfPrincipal,
  CATALOG_ROOM,
  type Notification,
  staleKeyOf,
} from "@espigon/event_contracts";
import { createRealtimeClient, type RealtimeClient, systemScheduler } from "@espigon/realtime_client";
import { createLiveQueries } from "../../../frontend/src/lib/createLiveQueries.ts";
import type { RefetchState } from "../../../frontend/src/lib/RefetchCoordinator.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import type { FaultProxy } from "../proxy/startFaultProxy.ts";
import { createDashboard, type Dashboard } from "./createDashboard.ts";
import { createWireRecord, recordingSocket, type WireRecord } from "./recordingSocket.ts";
import type { Person } from "./World.ts";

/** One person before a screen: the client of the browser, its refetches, and what came of them. */
export type ModelClient = {
  readonly name: string;
  readonly person: Person;
  /** Its way to the realtime nodes. */
  readonly link: FaultProxy;
  readonly audiences: readonly Audience[];
  readonly wire: WireRecord;
  readonly dashboard: Dashboard;
  readonly realtime: RealtimeClient;
  /** The last seq up to which a key is known to be stale, by key: what hints told since the last call. */
  readonly takeTold: () => ReadonlyMap<string, number>;
  /** The same by resync, of every key. */
  readonly resyncedUpTo: () => number;
  /** Hints that came in answer to RESUME: each is a gap that was repaired. */
  readonly replayed: () => number;
  readonly queryState: () => RefetchState | undefined;
  readonly close: () => void;
};

export type ModelClientDeps = {
  readonly cluster: Cluster;
  readonly person: Person;
  readonly name: string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly tokenLifeS: number;
};

/** Opens the screen of a person over a link of its own. */
export async function createModelClient(deps: ModelClientDeps): Promise<ModelClient> {
  const { cluster, person } = deps;
  const { principal } = person;
  const link = await cluster.clientLink();
  const wire = createWireRecord();
  const dashboard = createDashboard(cluster, person);
  let told = new Map<string, number>();
  let resynced = 0;
  let replayed = 0;

  const realtime = createRealtimeClient({
    url: `ws://127.0.0.1:${link.port}/ws`,
    getToken: () => person.token(deps.tokenLifeS),
    WebSocket: recordingSocket(principal, wire),
    random: deps.random,
  });
  realtime.subscribe((event) => {
    if (event.kind === "resync") resynced = event.reason === "unknown_seq" ? event.seq : Math.max(resynced, event.seq);
    if (event.kind !== "notification") return;
    if (event.replayed) replayed += 1;
    const key = staleKeyOf(event.notification);
    told.set(key, Math.max(told.get(key) ?? 0, event.notification.seq ?? 0));
  });
  const queries = createLiveQueries({
    realtime,
    scheduler: systemScheduler,
    random: deps.random,
    visibility: { isVisible: () => true, subscribe: () => () => {} },
    isFinal: () => false,
  });
  const numbered = dashboard.scope !== undefined;
  const stop = queries
    .prepare({
      key: deps.name,
      load: dashboard.load,
      numbered,
      concerns: (notification) => isShown(notification, numbered),
    })
    .start();
  // Only a client shops, and so watches the catalogue.
  const rooms: readonly Audience[] = principal.role === "CLIENT" ? [`room:${CATALOG_ROOM}`] : [];
  if (rooms.length > 0) realtime.joinRoom(CATALOG_ROOM);
  realtime.connect();

  return {
    name: deps.name,
    person,
    link,
    audiences: [...audiencesOfPrincipal(principal), ...rooms],
    wire,
    dashboard,
    realtime,
    takeTold() {
      const taken = told;
      told = new Map();
      return taken;
    },
    resyncedUpTo: () => resynced,
    replayed: () => replayed,
    queryState: () => queries.states()[0],
    close() {
      stop();
      realtime.close();
    },
  };
}

/** Statistics move the figures of those who have them; orders move the list of a client. */
function isShown(notification: Notification, figures: boolean): boolean {
  if (figures) return notification.type.endsWith("_STATS_UPDATED");
  return notification.type === "ORDER_UPDATED";
}
