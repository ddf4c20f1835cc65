import type { ClientBase } from "pg";
import { deltasFor } from "./deltasFor.ts";
import type { NumberedEvent } from "./EventRow.ts";
import { readHead, readLog } from "./eventLog.ts";
import { ROLLUP_NAMES, type RollupName } from "./rollups.ts";
import { isDataFault, rollupParameters, rollupUpserts } from "./rollupSql.ts";
import { sumDeltas } from "./sumDeltas.ts";

const REPLAY_LIMIT = 5_000;

const rebuiltTable = (rollup: RollupName) => `rebuilt_${rollup}`;

/**
 * Replays the whole log into new tables and puts their content in the place of the rollups, in one transaction that
 * readers see as one instant. Most of it runs beside a live sequencer; for the last stretch the head is locked, so that
 * the sequencer waits (it does not fail) while the rows change hands. The result is what the sequencer itself would
 * have kept, bit for bit.
 * @returns the head up to which it was rebuilt
 */
export async function rebuildStatistics(client: ClientBase): Promise<number> {
  for (const rollup of ROLLUP_NAMES) {
    await client.query(`drop table if exists pg_temp.${rebuiltTable(rollup)}`);
    await client.query(`create temp table ${rebuiltTable(rollup)} (like ${rollup} including all)`);
  }
  const behind = await readHead(client);
  let replayed = 0;
  while (replayed < behind) replayed = await inTransaction(client, () => replaySome(client, replayed, behind));
  return inTransaction(client, async () => {
    const { rows } = await client.query<{ seq: number }>("select seq from event_head for update");
    const head = rows[0]?.seq ?? 0;
    while (replayed < head) replayed = await replaySome(client, replayed, head);
    for (const rollup of ROLLUP_NAMES) {
      // Not TRUNCATE and not a swap of names: readers with an older snapshot would find the table empty.
      await client.query(`delete from ${rollup}`);
      await client.query(`insert into ${rollup} select * from ${rebuiltTable(rollup)}`);
    }
    return head;
  });
}

/** Adds some events after `after`, none past `head`. @returns the last one's seq */
async function replaySome(client: ClientBase, after: number, head: number): Promise<number> {
  const events = await readLog(client, after, Math.min(REPLAY_LIMIT, head - after));
  const last = events.at(-1)?.seq ?? after;
  if (events.length === 0 || events.length !== last - after) {
    throw new Error(`event_log is not complete after seq ${after}: the statistics cannot be rebuilt from it`);
  }
  await add(client, events);
  return last;
}

/** As in the sequencer: an event whose figures the database refuses is left out. */
async function add(client: ClientBase, events: readonly NumberedEvent[]): Promise<void> {
  const deltas = sumDeltas(events.flatMap(({ event }) => (event === undefined ? [] : deltasFor(event))));
  await client.query("savepoint addition");
  try {
    await client.query(`with ${rollupUpserts(1, rebuiltTable)} select`, [...rollupParameters(deltas)]);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    await client.query("rollback to savepoint addition");
    const middle = Math.ceil(events.length / 2);
    if (events.length > 1) await add(client, events.slice(0, middle));
    if (events.length > 1) await add(client, events.slice(middle));
  }
  await client.query("release savepoint addition");
}

async function inTransaction<Result>(client: ClientBase, work: () => Promise<Result>): Promise<Result> {
  await client.query("begin");
  try {
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}
