import { contains, type Period } from "./Period.ts";

type NewClientsRow = { readonly day: string; readonly new_clients: number };

export function newClientsIn(days: readonly NewClientsRow[], period: Period): number {
  return days.reduce((sum, row) => sum + (contains(period, row.day) ? row.new_clients : 0), 0);
}
