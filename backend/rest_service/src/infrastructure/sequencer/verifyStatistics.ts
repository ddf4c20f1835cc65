import type { ClientBase } from "pg";
import { deltasFor } from "./deltasFor.ts";
import { EVENT_COLUMNS, type EventRow, parseEvent } from "./EventRow.ts";
import { readHead } from "./eventLog.ts";
import { RAW_STATISTICS } from "./rawStatistics.ts";
import { rollupArrays, rollupValues } from "./rollupSql.ts";
import { keyColumns, ROLLUP_NAMES, type RollupName, sumColumns } from "./rollups.ts";
import { type DeltaSums, sumDeltas } from "./sumDeltas.ts";

/** A rollup row that is not what the orders say. */
export type StatisticsDifference = {
  readonly rollup: RollupName;
  readonly key: Readonly<Record<string, string>>;
  readonly column: string;
  /** From orders, their history and users. */
  readonly expected: number;
  /** From the rollup and the outbox. */
  readonly found: number;
};

export type Verification = {
  readonly head: number;
  /** Events that were committed but not numbered yet at that instant. */
  readonly pending: number;
  readonly differences: readonly StatisticsDifference[];
};

/**
 * Compares the rollups with a recomputation from the raw orders. Run it in one snapshot (`inSnapshot`); it may run
 * beside live traffic: in any snapshot a committed change has its event either in the log, and so in the rollups, or
 * still in the outbox, whose deltas are added here. An absent row counts as one of zeros. The database compares, so
 * that memory holds only what differs.
 */
export async function verifyStatistics(client: ClientBase): Promise<Verification> {
  const head = await readHead(client);
  const { rows: outbox } = await client.query<EventRow>(`select ${EVENT_COLUMNS} from outbox_pending`);
  const events = outbox.map(parseEvent).filter((event) => event !== undefined);
  const pending = sumDeltas(events.flatMap(deltasFor));
  const differences: StatisticsDifference[] = [];
  for (const rollup of ROLLUP_NAMES) differences.push(...(await compare(client, rollup, pending)));
  return { head, pending: outbox.length, differences };
}

type DifferentRow = {
  readonly key: readonly string[];
  readonly expected: readonly number[];
  readonly found: readonly number[];
};

async function compare(client: ClientBase, rollup: RollupName, pending: DeltaSums): Promise<StatisticsDifference[]> {
  const keys = keyColumns(rollup);
  const sums = sumColumns(rollup);
  const columns = [...keys, ...sums].join(", ");
  const arrayOf = (side: string) => `array[${sums.map((sum) => `coalesce(${side}.${sum}, 0)`).join(", ")}]::float8[]`;
  const { rows } = await client.query<DifferentRow>(
    `with expected as (${RAW_STATISTICS[rollup]}), found as (
      select ${keys.join(", ")}, ${sums.map((sum) => `sum(${sum}) as ${sum}`).join(", ")} from (
        select ${columns} from ${rollup}
        union all select * from unnest(${rollupArrays(rollup, 1)}) pending (${columns})
      ) kept group by ${keys.join(", ")}
    )
    select array[${keys.map((key) => `${key}::text`).join(", ")}] as key,
      ${arrayOf("expected")} as expected, ${arrayOf("found")} as found
    from expected full join found using (${keys.join(", ")})
    where ${arrayOf("expected")} <> ${arrayOf("found")}
    order by ${keys.join(", ")}`,
    [...rollupValues(rollup, pending)],
  );
  return rows.flatMap(({ key, expected, found }) =>
    sums.flatMap((column, index) => {
      const difference = {
        rollup,
        key: Object.fromEntries(keys.map((name, position) => [name, key[position] ?? ""])),
        column,
        expected: expected[index] ?? 0,
        found: found[index] ?? 0,
      };
      return difference.expected === difference.found ? [] : [difference];
    }),
  );
}
