import type pg from "pg";
import { DEMO_PASSWORD } from "./people.ts";
import { type DemoPeriod, planOrders } from "./planOrders.ts";
import { EVENT_NAMES, orderRows, staticRows } from "./seedRows.ts";
import * as sql from "./seedSql.ts";

/** As rest_service hashes: OWASP's least for argon2id. */
const ARGON2ID = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/**
 * Fills an empty, migrated database with demo people, products and 90 days of orders, with the events of all that, in
 * one transaction; a database that has a user is left alone. The sequencer numbers the events afterwards.
 * @returns whether the demo accounts exist now.
 */
export async function seedDemo(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("lock table users in exclusive mode");
    const { rows } = await client.query(
      "select password_hash from users where id = 1 and email = 'admin@espigon.test'",
    );
    const users = await client.query("select from users limit 1");
    if (users.rowCount === 0) await fill(client);
    await client.query("commit");
    return users.rowCount === 0 || rows.length === 1;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

async function fill(client: pg.PoolClient): Promise<void> {
  const period = await businessPeriod(client);
  const fixed = staticRows(period, await Bun.password.hash(DEMO_PASSWORD, ARGON2ID));
  const moving = orderRows(planOrders(period));
  await client.query(sql.INSERT_PEOPLE, [JSON.stringify(fixed.people)]);
  await client.query(sql.INSERT_SELLERS, [JSON.stringify(fixed.sellers)]);
  await client.query(sql.INSERT_PRODUCTS, [JSON.stringify(fixed.products)]);
  await client.query(sql.INSERT_ORDERS, [JSON.stringify(moving.orders)]);
  await client.query(sql.INSERT_ITEMS, [JSON.stringify(moving.items)]);
  await client.query(sql.INSERT_HISTORY, [JSON.stringify(moving.history)]);
  await client.query("analyze orders, order_items, order_history");
  await client.query(sql.INSERT_EVENTS, [JSON.stringify(EVENT_NAMES)]);
  for (const statement of sql.ADVANCE_IDS) await client.query(statement);
}

/** The database, and nobody else, knows where the business day begins. */
async function businessPeriod(client: pg.PoolClient): Promise<DemoPeriod> {
  const { rows } = await client.query<{ today_start: Date; now: Date }>(
    "select business_day(now())::timestamp at time zone 'America/Guayaquil' as today_start, now() as now",
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the database did not tell the time");
  return { todayStart: row.today_start.getTime(), now: row.now.getTime() };
}
