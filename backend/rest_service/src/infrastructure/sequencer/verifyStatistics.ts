import type { ClientBase } from "pg";
import { deltasFor } from "./deltasFor.ts";
import { EVENT_COLUMNS, type EventRow, parseEvent } from "./EventRow.ts";
import { readHead } from "./eventLog.ts";
import { RAW_STATISTICS } from "./rawStatistics.ts";
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

type Sums = ReadonlyMap<string, readonly number[]>;

/**
 * Compares the rollups with a recomputation from the raw orders. Run it in one snapshot (`inSnapshot`); it may run
 * beside live traffic: in any snapshot a committed change has its event either in the log, and so in the rollups, or
 * still in the outbox, whose deltas are added here. An absent row counts as one of zeros.
 */
export async function verifyStatistics(client: ClientBase): Promise<Verification> {
  const head = await readHead(client);
  const { rows: outbox } = await client.query<EventRow>(`select ${EVENT_COLUMNS} from outbox_pending`);
  const events = outbox.map(parseEvent).filter((event) => event !== undefined);
  const pending = sumDeltas(events.flatMap(deltasFor));
  const differences: StatisticsDifference[] = [];
  for (const rollup of ROLLUP_NAMES) {
    const found = withPending(rollup, await readSums(client, rollup, `select * from ${rollup}`), pending);
    differences.push(...compare(rollup, await readSums(client, rollup, RAW_STATISTICS[rollup]), found));
  }
  return { head, pending: outbox.length, differences };
}

async function readSums(client: ClientBase, rollup: RollupName, query: string): Promise<Map<string, number[]>> {
  const { rows } = await client.query<Record<string, string | number | null>>(query);
  return new Map(
    rows.map((row) => [
      JSON.stringify(keyColumns(rollup).map((column) => String(row[column]))),
      sumColumns(rollup).map((column) => Number(row[column] ?? 0)),
    ]),
  );
}

function withPending(rollup: RollupName, sums: Sums, pending: DeltaSums): Sums {
  const total = new Map(sums);
  for (const row of pending.get(rollup) ?? []) {
    const key = JSON.stringify(row.key);
    const before = total.get(key);
    total.set(
      key,
      row.sums.map((sum, index) => sum + (before?.[index] ?? 0)),
    );
  }
  return total;
}

function compare(rollup: RollupName, expected: Sums, found: Sums): StatisticsDifference[] {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((id) =>
    sumColumns(rollup).flatMap((column, index) => {
      const difference = {
        rollup,
        key: namedKey(rollup, id),
        column,
        expected: expected.get(id)?.[index] ?? 0,
        found: found.get(id)?.[index] ?? 0,
      };
      return difference.expected === difference.found ? [] : [difference];
    }),
  );
}

function namedKey(rollup: RollupName, id: string): Record<string, string> {
  const values = JSON.parse(id) as readonly string[];
  return Object.fromEntries(keyColumns(rollup).map((column, index) => [column, values[index] ?? ""]));
}
