import type { Cluster } from "../cluster/startCluster.ts";
import { LISTED_ORDERS } from "../model/createDashboard.ts";
import type { ModelClient } from "../model/createModelClient.ts";
import type { Workload } from "../model/createWorkload.ts";
import type { Figures } from "../model/Figures.ts";
import { until } from "../support/until.ts";
import { createLogMirror } from "./createLogMirror.ts";
import { createScreenJudge } from "./createScreenJudge.ts";
import { databaseFaults } from "./databaseFaults.ts";
import type { Verdict } from "./Verdict.ts";

export type Oracle = {
  /**
   * Waits until every screen is fresh, for `deadlineMs` at most. Resolves to how long it took, in milliseconds;
   * to undefined when it did not come about: `examine` then says what is missing.
   */
  readonly whenFresh: (deadlineMs: number) => Promise<number | undefined>;
  /** To be called at rest: the workload is paused, everything is healed. */
  readonly examine: () => Promise<Verdict>;
};

const MOST_FAULTS_OF_A_KIND = 5;

/** Judges a cluster by what was promised, committed, heard and shown. */
export function createOracle(deps: {
  readonly cluster: Cluster;
  readonly workload: Workload;
  readonly clients: readonly ModelClient[];
}): Oracle {
  const { cluster, workload, clients } = deps;
  const mirror = createLogMirror(cluster);
  const screens = createScreenJudge();
  const scopes = new Set(clients.flatMap(({ dashboard }) => dashboard.scope ?? []));

  /** Reads on in the log, and judges everything that was shown by then. */
  const advance = async (): Promise<void> => {
    const shown = clients.map((client) => ({ client, history: client.dashboard.takeHistory() }));
    await mirror.advance((seq) => {
      for (const scope of scopes) screens.note(scope, seq, mirror.figuresOf(scope));
    });
    for (const { client, history } of shown) if (client.dashboard.scope !== undefined) screens.judge(client, history);
  };

  const missingOf = (client: ModelClient): readonly string[] =>
    client.audiences.flatMap((audience) =>
      [...mirror.keysOf(audience)].flatMap(([key, seq]) =>
        client.toldUpTo(key) >= seq ? [] : [`${client.name} was not told of ${key} at ${seq} in ${audience}`],
      ),
    );
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
      missingOf(client).length === 0 &&
      staleScreen(client) === ""
    );
  };
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
    async whenFresh(deadlineMs) {
      const fresh = async () => {
        const [row] = await cluster.query("select count(*)::int as waiting from outbox_pending");
        if (row?.["waiting"] !== 0) return false;
        await advance();
        return clients.every(isFresh);
      };
      return until("every screen is fresh", fresh, deadlineMs).catch(() => undefined);
    },
    async examine() {
      await advance();
      const missing = clients.flatMap(missingOf);
      const faults = [...mirror.faults, ...screens.faults, ...missing.slice(0, MOST_FAULTS_OF_A_KIND)];
      for (const client of clients) {
        const { wire, dashboard, name } = client;
        const stale = staleScreen(client) || (await staleList(client));
        if (stale !== "") faults.push(`${name} ends with an old screen: ${stale}`);
        if (!isFresh(client)) faults.push(`${name} is not fresh: ${describe(client)}`);
        if (dashboard.belowFloor() > 0) faults.push(`${name} got ${dashboard.belowFloor()} answers below its floor`);
        faults.push(...wire.leaks.map((frame) => `${name} heard what is not theirs: ${frame}`));
        faults.push(...wire.damaged.map((frame) => `${name} got a damaged frame: ${frame}`));
      }
      faults.push(...(await databaseFaults(cluster, workload.promises)));
      const total = (of: (client: ModelClient) => number) => clients.reduce((sum, client) => sum + of(client), 0);
      const resyncs = total(({ wire }) => wire.resyncs);
      const repaired = resyncs + total((client) => client.replayed());
      return {
        acknowledged: [...workload.promises.placed.values()].flat().length,
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
