import type pg from "pg";

/** Runs reads that all see the database as it was at one instant. Writes are refused. */
export async function inSnapshot<Result>(
  pool: pg.Pool,
  read: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin isolation level repeatable read read only");
    const result = await read(client);
    await client.query("commit");
    broken = false;
    return result;
  } finally {
    // A connection in an unknown state is not worth a rollback: throw it away.
    client.release(broken);
  }
}
