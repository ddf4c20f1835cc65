import { FLOOR_HEADER } from "@espigon/event_contracts";
import { z } from "zod";
import { keepNewer } from "../../../frontend/src/lib/keepNewer.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import { callApi } from "./callApi.ts";
import { ADMIN_DASHBOARD, type Figures, figuresOf, SELLER_DASHBOARD } from "./Figures.ts";
import type { Person } from "./World.ts";

/** Something that was on a screen: figures that claim to be those of `asOf`. */
export type Shown = { readonly asOf: number; readonly figures: Figures };

/** What a person looks at, and everything that was ever seen there. */
export type Dashboard = {
  /** Whose figures: `admin`, a shop's id, or none: a client's own orders, without a number. */
  readonly scope: string | undefined;
  readonly load: (floor: number, signal: AbortSignal) => Promise<number>;
  readonly latest: () => Shown | undefined;
  /** Versions by order, of a client's list. */
  readonly orders: () => ReadonlyMap<number, number>;
  /** What was shown since the last call. */
  readonly takeHistory: () => readonly Shown[];
  /** Times that the screen went back. */
  readonly backwardSteps: () => number;
  /** Answers below the floor that was asked for. */
  readonly belowFloor: () => number;
  readonly reads: () => number;
};

export const LISTED_ORDERS = 50;
const OrderList = z.object({ orders: z.array(z.object({ id: z.int(), version: z.int() })) });

export function createDashboard(cluster: Cluster, person: Person): Dashboard {
  const { role, seller_id } = person.principal;
  const scope = role === "ADMIN" ? "admin" : seller_id;
  let latest: { readonly asOf: string; readonly figures: Figures } | undefined;
  let orders: ReadonlyMap<number, number> = new Map();
  let history: Shown[] = [];
  let backwardSteps = 0;
  let belowFloor = 0;
  let reads = 0;

  const readFigures = async (floor: number, signal: AbortSignal): Promise<number> => {
    const outcome = await callApi({
      method: "POST",
      url: `${cluster.reportUrl()}/graphql`,
      token: await person.token(),
      headers: { [FLOOR_HEADER]: String(floor) },
      body: { query: role === "ADMIN" ? ADMIN_DASHBOARD : SELLER_DASHBOARD },
      signal,
    });
    if (outcome.kind !== "done") throw new Error(JSON.stringify(outcome));
    const answer = figuresOf(outcome.body);
    if (Number(answer.asOf) < floor) belowFloor += 1;
    const next = keepNewer(latest, answer);
    if (Number(next.asOf) < Number(latest?.asOf ?? 0)) backwardSteps += 1;
    if (next !== latest) history.push({ asOf: Number(next.asOf), figures: next.figures });
    latest = next;
    return Number(answer.asOf);
  };

  const readOrders = async (floor: number, signal: AbortSignal): Promise<number> => {
    const url = `${cluster.restUrl()}/api/orders?limit=${LISTED_ORDERS}`;
    const outcome = await callApi({ method: "GET", url, token: await person.token(), signal });
    if (outcome.kind !== "done") throw new Error(JSON.stringify(outcome));
    const next = new Map(OrderList.parse(outcome.body).orders.map(({ id, version }) => [id, version]));
    for (const [id, version] of next) if (version < (orders.get(id) ?? 0)) backwardSteps += 1;
    if (Math.max(0, ...next.keys()) < Math.max(0, ...orders.keys())) backwardSteps += 1;
    orders = next;
    return floor;
  };

  return {
    scope,
    load(floor, signal) {
      reads += 1;
      return scope === undefined ? readOrders(floor, signal) : readFigures(floor, signal);
    },
    latest: () => (latest === undefined ? undefined : { asOf: Number(latest.asOf), figures: latest.figures }),
    orders: () => orders,
    takeHistory() {
      const taken = history;
      history = [];
      return taken;
    },
    backwardSteps: () => backwardSteps,
    belowFloor: () => belowFloor,
    reads: () => reads,
  };
}
