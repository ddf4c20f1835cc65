import { columnTypes, keyColumns, ROLLUP_NAMES, type RollupName, sumColumns } from "./rollups.ts";
import type { DeltaSums } from "./sumDeltas.ts";

/**
 * A list of common table expressions that add sums to all rollups, to be put after WITH. It takes one array parameter
 * for each column (`rollupParameters`), counted from `firstParameter`.
 */
export function rollupUpserts(firstParameter: number, tableOf: (rollup: RollupName) => string): string {
  let parameter = firstParameter;
  const upserts = ROLLUP_NAMES.map((rollup) => {
    const table = tableOf(rollup);
    const arrays = rollupArrays(rollup, parameter);
    parameter += columnTypes(rollup).length;
    const adds = sumColumns(rollup).map((column) => `${column} = ${table}.${column} + excluded.${column}`);
    return `${rollup}_added as (
      insert into ${table} (${[...keyColumns(rollup), ...sumColumns(rollup)].join(", ")})
      select * from unnest(${arrays})
      on conflict (${keyColumns(rollup).join(", ")}) do update set ${adds.join(", ")})`;
  });
  return upserts.join(", ");
}

/** The parameters of `rollupUpserts`, in the same order. */
export function rollupParameters(sums: DeltaSums): readonly (readonly (string | number)[])[] {
  return ROLLUP_NAMES.flatMap((rollup) => rollupValues(rollup, sums));
}

/** One rollup's rows as arguments of `unnest`: one array for each column, counted from `firstParameter`. */
export function rollupArrays(rollup: RollupName, firstParameter: number): string {
  return columnTypes(rollup)
    .map((type, index) => `$${firstParameter + index}::${type}[]`)
    .join(", ");
}

/** The parameters of `rollupArrays`. */
export function rollupValues(rollup: RollupName, sums: DeltaSums): readonly (readonly (string | number)[])[] {
  const rows = sums.get(rollup) ?? [];
  return [
    ...keyColumns(rollup).map((_, index) => rows.map((row) => row.key[index] ?? "")),
    ...sumColumns(rollup).map((_, index) => rows.map((row) => row.sums[index] ?? 0)),
  ];
}

/** Class 22 of SQLSTATE: a value that does not fit, such as a day that no calendar has. */
export function isDataFault(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("22");
}
