import type { ClientBase } from "pg";
import { EVENT_COLUMNS, type EventRow, type NumberedEvent, parseEvent } from "./EventRow.ts";

/** A client or a pool. */
export type Queryable = Pick<ClientBase, "query">;

/** The seq of the last event of the log, 0 when it is empty. */
export async function readHead(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ seq: number }>("select seq from event_head");
  return rows[0]?.seq ?? 0;
}

/** Events of the log with `seq > after`, ascending, at most `limit`. */
export async function readLog(database: Queryable, after: number, limit: number): Promise<readonly NumberedEvent[]> {
  const { rows } = await database.query<EventRow & { readonly seq: number }>(
    `select seq, ${EVENT_COLUMNS} from event_log where seq > $1 order by seq limit $2`,
    [after, limit],
  );
  return rows.map((row) => ({ seq: row.seq, event: parseEvent(row) }));
}
