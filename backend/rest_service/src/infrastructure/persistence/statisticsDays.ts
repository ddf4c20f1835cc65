import type { ClientBase } from "pg";
import type {
  DayRow,
  MarketDayRow,
  PendingVerification,
  Period,
  StatusDayRow,
} from "../../application/StatisticsReader.ts";

export async function readSellerDays(
  client: ClientBase,
  sellerId: string,
  { from, to }: Period,
): Promise<readonly DayRow[]> {
  const { rows } = await client.query<DayRow>(
    `select day, orders, paid_orders, net_sales, units, cancelled from stats_seller_day
      where seller_id = $1 and day between $2 and $3 order by day`,
    [sellerId, from, to],
  );
  return rows;
}

export async function readMarketDays(client: ClientBase, { from, to }: Period): Promise<readonly MarketDayRow[]> {
  const { rows } = await client.query<MarketDayRow>(
    `select day, orders, paid_orders, net_sales, units, cancelled, new_clients from stats_day
      where day between $1 and $2 order by day`,
    [from, to],
  );
  return rows;
}

const PART_SUMS = ["orders", "paid_orders", "net_sales", "units", "cancelled"]
  .map((sum) => `coalesce(sum(${sum}), 0)::bigint as ${sum}`)
  .join(", ");
const BEFORE = "day = business_day($1) and minute < date_trunc('minute', $1::timestamptz)";

/** The seller's business day of an instant, up to its minute: at most 1,440 rows are added up. */
export async function readSellerPart(client: ClientBase, sellerId: string, until: string): Promise<DayRow> {
  const { rows } = await client.query<DayRow>(
    `select business_day($1) as day, ${PART_SUMS} from stats_seller_minute where ${BEFORE} and seller_id = $2`,
    [until, sellerId],
  );
  return onlyRow(rows);
}

export async function readMarketPart(client: ClientBase, until: string): Promise<MarketDayRow> {
  const { rows } = await client.query<MarketDayRow>(
    `select business_day($1) as day, ${PART_SUMS}, coalesce(sum(new_clients), 0)::bigint as new_clients
      from stats_minute where ${BEFORE}`,
    [until],
  );
  return onlyRow(rows);
}

function onlyRow<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error("a sum without a row");
  return row;
}

/** One seller's, or the whole market's. */
export async function readStatusDays(
  client: ClientBase,
  { from, to }: Period,
  sellerId?: string,
): Promise<readonly StatusDayRow[]> {
  const source =
    sellerId === undefined ? "stats_day_status where true" : "stats_seller_day_status where seller_id = $3";
  const { rows } = await client.query<StatusDayRow>(
    `select day, status, orders from ${source} and day between $1 and $2 and orders <> 0 order by day, status`,
    sellerId === undefined ? [from, to] : [from, to, sellerId],
  );
  return rows;
}

/** From the orders themselves, by an index that holds only those that wait: at least as new as the head. */
export async function readPendingVerification(client: ClientBase, sellerId?: string): Promise<PendingVerification> {
  const { rows } = await client.query<{ count: number; oldest_at: Date | null }>(
    `select count(*) as count, min(status_at) as oldest_at from orders
      where status = 'payment_submitted' ${sellerId === undefined ? "" : "and seller_id = $1"}`,
    sellerId === undefined ? [] : [sellerId],
  );
  return { count: rows[0]?.count ?? 0, oldest_at: rows[0]?.oldest_at?.toISOString() ?? null };
}

export async function readLowStock(client: ClientBase, sellerId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*) as count from products
      where seller_id = $1 and deleted_at is null and stock <= low_stock_threshold`,
    [sellerId],
  );
  return rows[0]?.count ?? 0;
}
