import type { ClientBase } from "pg";
import { EVENT_COLUMNS, type EventRow } from "./EventRow.ts";
import { rollupParameters, rollupUpserts } from "./rollupSql.ts";
import type { DeltaSums } from "./sumDeltas.ts";

/** A committed event that has no number yet. `age_ms`: how long ago it was written, by the database's clock. */
export type PendingRow = EventRow & { readonly id: string; readonly age_ms: number };

/** The oldest committed events that have no number yet, in the order in which they will get one. */
export async function readPending(client: ClientBase, limit: number): Promise<readonly PendingRow[]> {
  const { rows } = await client.query<PendingRow>({
    name: "sequencer-pending",
    text: `select id::text, ${EVENT_COLUMNS},
        (extract(epoch from clock_timestamp() - at) * 1000)::float8 as age_ms
      from outbox_pending order by outbox_pending.id limit $1`,
    values: [limit],
  });
  return rows;
}

/**
 * Moves a batch to the log, adds its deltas to the rollups and advances the head, in one statement and so in one
 * transaction. It fails as a whole, without effect, when the head is not `head` or a row is no longer pending: then
 * somebody else leads. `event_head.seq` refuses null, which is how the statement says so.
 */
const WRITE_BATCH = `
  with taken as (
    delete from outbox_pending where id = any($1::bigint[]) returning *
  ), logged as (
    insert into event_log (seq, type, at, day, actor, seller_id, client_id, order_id, metadata, payload)
    select $2 + row_number() over (order by id), type, at, day, actor, seller_id, client_id, order_id, metadata, payload
    from taken
    returning seq
  ), ${rollupUpserts(3, (rollup) => rollup)}
  update event_head set minutes_seq = $2 + cardinality($1::bigint[]), seq = case
    when seq = $2 and (select count(*) from logged) = cardinality($1::bigint[]) then $2 + cardinality($1::bigint[])
  end`;

/** Numbers `rows` from `head + 1` on. @throws with no effect when `head` is not the head; see `WRITE_BATCH`. */
export async function writeBatch(
  client: ClientBase,
  head: number,
  rows: readonly PendingRow[],
  sums: DeltaSums,
): Promise<void> {
  await client.query({
    name: "sequencer-write",
    text: WRITE_BATCH,
    values: [rows.map((row) => row.id), head, ...rollupParameters(sums)],
  });
}
