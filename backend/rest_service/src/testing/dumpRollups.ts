import type pg from "pg";
import { keyColumns, ROLLUP_NAMES } from "../infrastructure/sequencer/rollups.ts";

/** Every row of every rollup: two equal dumps are the same statistics, bit for bit. */
export async function dumpRollups(pool: pg.Pool): Promise<unknown> {
  const tables = ROLLUP_NAMES.map(async (rollup) => {
    const { rows } = await pool.query(`select * from ${rollup} order by ${keyColumns(rollup).join(", ")}`);
    return [rollup, rows];
  });
  return Promise.all(tables);
}
