import type { Cluster } from "../cluster/startCluster.ts";
import { LISTED_ORDERS, type Shown } from "../model/createDashboard.ts";
import type { ModelClient } from "../model/createModelClient.ts";
import type { Promises } from "../model/createWorkload.ts";
import type { Figures } from "../model/Figures.ts";
import { until } from "../support/until.ts";
import { createLedger } from "./createLedger.ts";
import { createLogMirror } from "./createLogMirror.ts";
import { createScreenJudge } from "./createScreenJudge.ts";
import { databaseFaults } from "./databaseFaults.ts";
import type { Verdict } from "./Verdict.ts";

export type Oracle = {
  /** Reads on in the log and judges what was told and shown by then. @throws when the log cannot be read. */
  readonly follow: () => Promise<void>;
  /**
   * Waits until every screen is fresh, for `deadlineMs` at most. Resolves to how long it took, in milliseconds;
   * to undefined when it did not come about: `examine` then says what is missing.
   */
  readonly whenFresh: (deadlineMs: number) => Promise<number | undefined>;
  /** To be called at rest: the workload is paused, everything is healed. `database`: compare it with itself too. */
  readonly examine: (how: { readonly database: boolean }) => Promise<Verdict>;
};

const MOST_FAULTS_OF_A_KIND = 5;
/** A client whose socket has ended comes back within this time, in milliseconds, if it can at all. */
const RECONNECT_MS = 10_000;

/** Judges a cluster by what was promised, committed, heard and shown. Bears a long log: it keeps what is open. */
export function createOracle(deps: {
  readonly cluster: Cluster;
  readonly promises: Promises;
  readonly clients: readonly ModelClient[];
}): Oracle {
  const { cluster, promises, clients } = deps;
  const mirror = createLogMirror(cluster);
  const screens = createScreenJudge();
  const ledger = createLedger(clients);
  const watched = new Set(clients.flatMap(({ dashboard }) => dashboard.scope ?? []));
  for (const scope of watched) screens.note(scope, 0, {});
  const unjudged = new Map<ModelClient, Shown[]>(clients.map((client) => [client, []]));

  const follow = async (): Promise<void> => {
    for (const [client, shown] of unjudged) shown.push(...client.dashboard.takeHistory());
    await mirror.advance(({ seq, stale, scopes }) => {
      for (const { audience, key } of stale) ledger.owe(audience, key, seq);
      for (const scope of scopes) if (watched.has(scope)) screens.note(scope, seq, mirror.figuresOf(scope));
    });
    ledger.settle(mirror.head());
    for (const [{ name, dashboard }, shown] of unjudged) {
      if (dashboard.scope !== undefined) screens.judge({ name, scope: dashboard.scope }, shown);
      shown.length = 0;
    }
  };

  const staleScreen = (client: ModelClient): string => {
    const { scope, latest } = client.dashboard;
    return scope === undefined ? "" : differenceOf(mirror.figuresOf(scope), latest()?.figures ?? {});
  };
  const isFresh = (client: ModelClient): boolean => {
    const state = client.queryState();
    return (
      client.realtime.state().status === "live" &&
      state?.inFlight === false &&
      state.staleSince === null &&
      ledger.missingOf(client).length === 0 &&
      staleScreen(client) === ""
    );
  };
  /** A token may end at this very moment, and a link with it. */
  const endsFresh = (client: ModelClient): Promise<boolean> =>
    until(`${client.name} is fresh`, () => isFresh(client), RECONNECT_MS).then(
      () => true,
      () => false,
    );
  const staleList = async (client: ModelClient): Promise<string> => {
    if (client.dashboard.scope !== undefined) return "";
    const rows = await cluster.query(
      "select id::int as id, version from orders where client_id = $1 order by id desc limit $2",
      [client.person.principal.user_id, LISTED_ORDERS],
    );
    const shown = client.dashboard.orders();
    const stale = rows.filter(({ id, version }) => shown.get(Number(id)) !== version);
    return stale.length === 0 ? "" : `${stale.length} orders, such as ${JSON.stringify(stale[0])}`;
  };

  return {
    follow,
    async whenFresh(deadlineMs) {
      const fresh = async () => {
        const [row] = await cluster.query("select count(*)::int as waiting from outbox_pending");
        if (row?.["waiting"] !== 0) return false;
        await follow();
        return clients.every(isFresh);
      };
      return until("every screen is fresh", fresh, deadlineMs).catch(() => undefined);
    },
    async examine({ database }) {
      await follow();
      const missing = clients.flatMap(ledger.missingOf);
      const faults = [...mirror.faults, ...screens.faults, ...missing.slice(0, MOST_FAULTS_OF_A_KIND)];
      for (const client of clients) {
        const { wire, dashboard, name } = client;
        const stale = staleScreen(client) || (await staleList(client));
        if (stale !== "") faults.push(`${name} ends with an old screen: ${stale}`);
        if (!(await endsFresh(client))) faults.push(`${name} is not fresh: ${describe(client)}`);
        if (dashboard.belowFloor() > 0) faults.push(`${name} got ${dashboard.belowFloor()} answers below its floor`);
        faults.push(...wire.leaks.map((frame) => `${name} heard what is not theirs: ${frame}`));
        faults.push(...wire.damaged.map((frame) => `${name} got a damaged frame: ${frame}`));
      }
      faults.push(...promises.broken, ...(database ? await databaseFaults(cluster, promises) : []));
      const total = (of: (client: ModelClient) => number) => clients.reduce((sum, client) => sum + of(client), 0);
      const resyncs = total(({ wire }) => wire.resyncs);
      const repaired = resyncs + total((client) => client.replayed());
      return {
        acknowledged: promises.placed.values().reduce((sum, ids) => sum + ids.length, 0),
        events: mirror.head(),
        frames: total(({ wire }) => wire.frames),
        gapsDetected: repaired + missing.length,
        gapsRepaired: repaired,
        resyncs,
        losses: missing.length,
        leaks: total(({ wire }) => wire.leaks.length),
        backwardSteps: screens.backwardSteps() + total(({ dashboard }) => dashboard.backwardSteps()),
        faults,
      };
    },
  };
}

/** What a client itself believes about its link and its figures. */
function describe({ realtime, queryState }: ModelClient): string {
  const { error, ...state } = queryState() ?? { error: undefined };
  return JSON.stringify({ link: realtime.state(), ...state, error: error?.message });
}

/** How figures differ, in words; empty when they agree. `pendingVerification` follows the states, which are compared. */
function differenceOf(expected: Figures, found: Figures): string {
  const names = Object.keys(found).filter((name) => name !== "pendingVerification");
  const statuses = Object.keys(expected).filter((name) => name.startsWith("status:"));
  return [...new Set([...names, ...statuses, "orders"])]
    .filter((name) => (expected[name] ?? 0) !== (found[name] ?? 0))
    .map((name) => `${name} ${found[name] ?? 0} instead of ${expected[name] ?? 0}`)
    .join(", ");
}
