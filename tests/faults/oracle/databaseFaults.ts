import pg from "pg";
import { connectionSettings } from "../../../backend/rest_service/src/infrastructure/persistence/connectionSettings.ts";
import { verifyStatistics } from "../../../backend/rest_service/src/infrastructure/sequencer/verifyStatistics.ts";
import type { Cluster } from "../cluster/startCluster.ts";
import type { Promises } from "../model/createWorkload.ts";

/** Each row found is a fault. All compare what was promised or committed with what the log holds. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  "a checkout made two orders of one shop":
    "select note, seller_id from orders where note is not null group by note, seller_id having count(*) > 1",
  "a step of an order is not in the log exactly once": `select h.order_id, h.version from order_history h left join event_log l
       on l.order_id = h.order_id and (l.payload->>'version')::int = h.version and l.payload->>'to' = h.status
     group by h.order_id, h.version having count(l.seq) <> 1`,
  "the log holds a step that was never committed": `select l.seq from event_log l left join order_history h
       on h.order_id = l.order_id and h.version = (l.payload->>'version')::int
     where l.order_id is not null and h.order_id is null`,
  "an order's events are out of order": `select order_id from (select order_id, (payload->>'version')::int as version,
       row_number() over (partition by order_id order by seq) as place from event_log where order_id is not null) steps
     where version <> place`,
  "the head is not the end of the log":
    "select seq from event_head where seq <> (select coalesce(max(seq), 0) from event_log)",
  "the log has a hole": "select count(*) from event_log having count(*) <> coalesce(max(seq), 0)",
  "an event waits in the outbox": "select id from outbox_pending",
  "a checkout is not as it was promised": `select p.note, p.ids as promised, f.ids as found from promised_checkouts p
     left join found_checkouts f using (note) where p.ids is distinct from f.ids`,
  "a checkout was refused and exists": "select note from found_checkouts join refused_checkouts using (note)",
  "nobody was told of a checkout": `select note from found_checkouts where not exists (
       select from promised_checkouts p where p.note = found_checkouts.note)
     and not exists (select from open_checkouts o where o.note = found_checkouts.note)
     and not exists (select from refused_checkouts r where r.note = found_checkouts.note)`,
  "a step that was promised is not in the history": `select p.order_id, p.status from promised_steps p
     left join order_history h using (order_id, status) where h.order_id is null`,
};

const TABLES = `
  set work_mem = '256MB';
  create temp table promised_checkouts (note text primary key, ids text);
  create temp table refused_checkouts (note text primary key);
  create temp table open_checkouts (note text primary key);
  create temp table promised_steps (order_id bigint, status text);
  create temp table found_checkouts as select note, string_agg(id::text, ' ' order by id) as ids
    from orders where note is not null group by note;
  analyze found_checkouts`;
/** Rows that are sent at once. */
const CHUNK = 20_000;
const LONGEST_QUERY_MS = 300_000;

/** Compares the database with itself, with the promises and with its own statistics, in SQL: the log may be long. */
export async function databaseFaults(cluster: Cluster, promises: Promises): Promise<readonly string[]> {
  const url = cluster.database.url();
  const settings = { url, applicationName: "oracle", statementTimeoutMs: LONGEST_QUERY_MS };
  const client = new pg.Client(connectionSettings(settings));
  await client.connect();
  try {
    await client.query(TABLES);
    await load(client, promises);
    const faults: string[] = [];
    for (const [fault, query] of Object.entries(CONTRADICTIONS)) {
      const { rows } = await client.query(query);
      if (rows.length > 0) faults.push(`${fault}: ${rows.length}, such as ${JSON.stringify(rows[0])}`);
    }
    // What `npm run stats:verify` does.
    await client.query("begin isolation level repeatable read read only");
    const { differences } = await verifyStatistics(client);
    return [...faults, ...differences.map((difference) => `statistics: ${JSON.stringify(difference)}`)];
  } finally {
    await client.end();
  }
}

async function load(client: pg.Client, { placed, refused, open, steps }: Promises): Promise<void> {
  const insert = async (into: string, from: string, rows: readonly (readonly unknown[])[]) => {
    for (let at = 0; at < rows.length; at += CHUNK) {
      const chunk = rows.slice(at, at + CHUNK);
      const columns = chunk[0]?.map((_, column) => chunk.map((row) => row[column])) ?? [];
      await client.query(`insert into ${into} select * from unnest(${from})`, columns);
    }
  };
  const inOrder = (ids: readonly number[]) => ids.toSorted((one, other) => one - other).join(" ");
  await insert(
    "promised_checkouts",
    "$1::text[], $2::text[]",
    Array.from(placed, ([key, ids]) => [key, inOrder(ids)]),
  );
  await insert(
    "refused_checkouts",
    "$1::text[]",
    Array.from(refused, (key) => [key]),
  );
  await insert(
    "open_checkouts",
    "$1::text[]",
    Array.from(open, (key) => [key]),
  );
  await insert(
    "promised_steps",
    "$1::bigint[], $2::text[]",
    steps.map(({ orderId, to }) => [orderId, to]),
  );
  await client.query("analyze promised_checkouts; analyze promised_steps");
}
