import type { Versioned } from "../cache/VersionedCache.ts";
import { type ComparedSpan, comparedSpan, type Comparison } from "./Comparison.ts";
import { newClientsIn } from "./newClientsIn.ts";
import { eachDay, type Period } from "./Period.ts";
import { readPrevious } from "./readWithPrevious.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

const TOP_CLIENTS = 10;

/** `orders` are paid ones; `netSales` in cents. */
export type TopClient = {
  readonly clientId: string;
  readonly name: string;
  readonly orders: number;
  readonly netSales: number;
};
export type NewClientsPoint = { readonly day: string; readonly newClients: number };

export type AdminClients = {
  readonly period: Period;
  /** All registered clients, now. */
  readonly totalClients: number;
  readonly newClients: number;
  /** Clients with a paid order in the period. */
  readonly activeClients: number;
  /** Those of them who had one before the period too. */
  readonly returningClients: number;
  readonly topClients: readonly TopClient[];
  readonly series: readonly NewClientsPoint[];
  readonly previous: { readonly newClients: number };
  readonly comparedWith: ComparedSpan;
};

export async function readAdminClients(
  source: StatisticsSource,
  comparison: Comparison,
): Promise<Versioned<AdminClients>> {
  const { period, previous } = comparison;
  const [clients, before] = await Promise.all([
    source.clients(period, TOP_CLIENTS),
    readPrevious(comparison, (range, until) => source.days(range, until)),
  ]);
  const newOnDay = new Map(clients.days.map(({ day, new_clients }) => [day, new_clients]));
  return {
    asOf: Math.min(clients.as_of, before.as_of),
    value: {
      period,
      totalClients: clients.total_clients,
      newClients: newClientsIn(clients.days, period),
      activeClients: clients.active_clients,
      returningClients: clients.returning_clients,
      topClients: clients.clients.map(({ client_id, name, paid_orders, net_sales }) => ({
        clientId: client_id,
        name,
        orders: paid_orders,
        netSales: net_sales,
      })),
      series: eachDay(period).map((day) => ({ day, newClients: newOnDay.get(day) ?? 0 })),
      previous: { newClients: newClientsIn(before.comparable, previous) },
      comparedWith: comparedSpan(comparison),
    },
  };
}
