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
};

/** Compares the database with itself, with the promises of the workload and with its own statistics. */
export async function databaseFaults(cluster: Cluster, promises: Promises): Promise<readonly string[]> {
  const faults: string[] = [...promises.broken];
  for (const [fault, query] of Object.entries(CONTRADICTIONS)) {
    const rows = await cluster.query(query);
    if (rows.length > 0) faults.push(`${fault}: ${rows.length}, such as ${JSON.stringify(rows[0])}`);
  }
  faults.push(...(await brokenCheckouts(cluster, promises)), ...(await brokenSteps(cluster, promises)));
  return [...faults, ...(await wrongStatistics(cluster))];
}

async function brokenCheckouts(cluster: Cluster, promises: Promises): Promise<readonly string[]> {
  const rows = await cluster.query(
    "select note, array_agg(id::int order by id) as ids from orders where note is not null group by note",
  );
  const found = new Map(rows.map(({ note, ids }) => [String(note), JSON.stringify(ids)]));
  const faults: string[] = [];
  for (const [key, ids] of promises.placed) {
    const wanted = JSON.stringify(ids.toSorted((one, other) => one - other));
    if (found.get(key) !== wanted) faults.push(`checkout ${key} promised ${wanted}, there is ${found.get(key)}`);
  }
  for (const key of promises.refused) if (found.has(key)) faults.push(`checkout ${key} was refused and exists`);
  for (const key of found.keys()) {
    if (!promises.placed.has(key) && !promises.open.has(key)) faults.push(`nobody was told of checkout ${key}`);
  }
  return faults;
}

async function brokenSteps(cluster: Cluster, promises: Promises): Promise<readonly string[]> {
  const rows = await cluster.query("select order_id::int as id, status from order_history");
  const done = new Set(rows.map(({ id, status }) => `${String(id)} ${String(status)}`));
  return promises.steps
    .filter(({ orderId, to }) => !done.has(`${orderId} ${to}`))
    .map(({ orderId, to }) => `order ${orderId} was promised to be ${to}`);
}

/** What `npm run stats:verify` does. */
async function wrongStatistics(cluster: Cluster): Promise<readonly string[]> {
  const settings = { url: cluster.database.url(), applicationName: "oracle", statementTimeoutMs: 60_000 };
  const client = new pg.Client(connectionSettings(settings));
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const { differences } = await verifyStatistics(client);
    return differences.map((difference) => `statistics: ${JSON.stringify(difference)}`);
  } finally {
    await client.end();
  }
}
