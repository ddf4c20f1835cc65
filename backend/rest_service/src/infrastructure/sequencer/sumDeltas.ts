import { type Delta, keyColumns, type RollupName, sumColumns } from "./rollups.ts";

/** One rollup row to be added: its key and its sums, in the order of `keyColumns` and `sumColumns`. */
export type RollupRow = { readonly key: readonly string[]; readonly sums: readonly number[] };

export type DeltaSums = ReadonlyMap<RollupName, readonly RollupRow[]>;

/** Adds deltas up by row; rows ascend by key, so that whoever writes them takes locks in one order. */
export function sumDeltas(deltas: Iterable<Delta>): DeltaSums {
  const totals = new Map<RollupName, Map<string, RollupRow>>();
  for (const delta of deltas) {
    const columns: Readonly<Record<string, string>> = delta.key;
    const add: Readonly<Record<string, number>> = delta.add;
    const rows = totals.get(delta.rollup) ?? new Map<string, RollupRow>();
    totals.set(delta.rollup, rows);
    const key = keyColumns(delta.rollup).map((column) => columns[column] ?? "");
    const id = key.join("\0");
    const before = rows.get(id)?.sums;
    rows.set(id, {
      key,
      sums: sumColumns(delta.rollup).map((column, index) => (before?.[index] ?? 0) + (add[column] ?? 0)),
    });
  }
  return new Map([...totals].map(([rollup, rows]) => [rollup, inKeyOrder(rows)]));
}

function inKeyOrder(rows: ReadonlyMap<string, RollupRow>): readonly RollupRow[] {
  return [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}
