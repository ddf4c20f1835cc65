import type pg from "pg";
import type { EventLogReader, LogRecord } from "../../application/EventLogReader.ts";

const READ = `
  select jsonb_strip_nulls(jsonb_build_object('seq', seq, 'type', type, 'at', iso_utc(at), 'actor', actor,
      'seller_id', seller_id::text, 'client_id', client_id::text, 'order_id', order_id))
    || jsonb_build_object('metadata', metadata, 'payload', payload) as record
  from event_log
  where seq > $1 and ($2::text is null or type = $2)
  order by seq limit $3`;

/** The numbered log in PostgreSQL. */
export function createEventLogRepository(pool: pg.Pool): EventLogReader {
  return {
    async read({ after, type, limit }) {
      const { rows } = await pool.query<{ record: LogRecord }>(READ, [after, type, limit]);
      return rows.map((row) => row.record);
    },
  };
}
