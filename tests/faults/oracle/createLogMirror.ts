import {
  type Audience,
  audiencesOf,
  type DomainEvent,
  isCounted,
  notificationsFor,
  staleKeyOf,
} from "@espigon/event_contracts";
import {
  EVENT_COLUMNS,
  type EventRow,
  parseEvent,
} from "../../../backend/rest_service/src/infrastructure/sequencer/EventRow.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import type { Figures } from "../model/Figures.ts";

/** What one seq tells, to whom. */
export type Entry = {
  readonly seq: number;
  /** Keys that it makes stale. */
  readonly stale: readonly { readonly audience: Audience; readonly key: string }[];
  /** Scopes whose figures it may change. */
  readonly scopes: readonly string[];
};

/** The log read by somebody who believes nothing else: who should hear what, and the figures at every seq. */
export type LogMirror = {
  readonly head: () => number;
  /** Reads on to the end of the log; `at` is called after each seq. @throws when the log cannot be read; call again. */
  readonly advance: (at: (entry: Entry) => void) => Promise<void>;
  /** The figures of `admin` or of a shop, at `head`. */
  readonly figuresOf: (scope: string) => Figures;
  /** Holes in the numbers, and rows that are no events. Must stay empty. */
  readonly faults: readonly string[];
};

const PAGE = 5_000;
const COUNTED_BY = ["orders", "paidOrders", "netSales", "unitsSold", "cancelled"] as const;

export function createLogMirror(cluster: Pick<Cluster, "query">): LogMirror {
  const scopes = new Map<string, Record<string, number>>();
  const faults: string[] = [];
  let head = 0;

  const scopeOf = (scope: string): Record<string, number> => {
    const known = scopes.get(scope);
    if (known !== undefined) return known;
    const fresh = Object.fromEntries(COUNTED_BY.map((name) => [name, 0]));
    scopes.set(scope, fresh);
    return fresh;
  };

  const take = (seq: number, event: DomainEvent): Entry => {
    const changes = changesBy(event);
    const touched = "seller_id" in event ? ["admin", event.seller_id] : ["admin"];
    for (const scope of touched) {
      const figures = scopeOf(scope);
      for (const [name, change] of changes) figures[name] = (figures[name] ?? 0) + change;
    }
    const stale = notificationsFor(event).flatMap((notification) => {
      if (notification.type === "ACCESS_REVOKED") return [];
      const key = staleKeyOf(notification);
      return audiencesOf(notification).map((audience) => ({ audience, key }));
    });
    return { seq, stale, scopes: changes.length === 0 ? [] : touched };
  };

  return {
    head: () => head,
    async advance(at) {
      for (;;) {
        const rows = (await cluster.query(
          `select seq, ${EVENT_COLUMNS} from event_log where seq > $1 order by seq limit ${PAGE}`,
          [head],
        )) as unknown as readonly (EventRow & { readonly seq: number })[];
        for (const row of rows) {
          if (row.seq !== head + 1) faults.push(`seq ${row.seq} follows ${head}`);
          head = row.seq;
          const event = parseEvent(row);
          if (event === undefined) faults.push(`seq ${row.seq} is not an event`);
          else at(take(row.seq, event));
        }
        if (rows.length < PAGE) return;
      }
    },
    figuresOf(scope) {
      const present = Object.entries(scopeOf(scope)).filter(
        ([name, value]) => !name.startsWith("status:") || value !== 0,
      );
      return Object.fromEntries(present);
    },
    faults,
  };
}

function changesBy(event: DomainEvent): readonly (readonly [string, number])[] {
  if (event.type === "CLIENT_REGISTERED") return [["newClients", 1]];
  if (!("order_id" in event)) return [];
  const { from, to, totals, items } = event.payload;
  const sign = Number(isCounted(to)) - Number(isCounted(from));
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    ["orders", from === null ? 1 : 0],
    ["paidOrders", sign],
    ["netSales", sign * totals.subtotal],
    ["unitsSold", sign * units],
    ["cancelled", to === "cancelled" || to === "expired" ? 1 : 0],
    ...(from === null ? [] : [[`status:${from}`, -1] as const]),
    [`status:${to}`, 1],
  ];
}
