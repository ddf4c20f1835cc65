import { ORDER_TRANSITIONS, type OrderStatus, orderEventType } from "@espigon/event_contracts";
import type pg from "pg";
import type { Random } from "./seededRandom.ts";

export type Marketplace = { readonly sellers: readonly number[]; readonly clients: readonly number[] };

/** Shops and clients with their registration events, committed at once. */
export async function openMarketplace(pool: pg.Pool, size: { sellers: number; clients: number }): Promise<Marketplace> {
  const { rows: clients } = await pool.query<{ id: number }>(
    `with added as (
      insert into users (email, password_hash, name, role)
      select 'client' || n || '@espigon.test', 'x', 'Client ' || n, 'CLIENT' from generate_series(1, $1) n
      returning id, created_at
    ), told as (
      insert into outbox_pending (type, at, day, actor, client_id, metadata, payload)
      select 'CLIENT_REGISTERED', created_at, business_day(created_at), '{"role": "SYSTEM"}', id,
        '{"action": "client_registered"}', jsonb_build_object('user_id', id::text) from added
    ) select id from added`,
    [size.clients],
  );
  const { rows: sellers } = await pool.query<{ id: number }>(
    `with added as (
      insert into users (email, password_hash, name, role)
      select 'seller' || n || '@espigon.test', 'x', 'Seller ' || n, 'SELLER' from generate_series(1, $1) n
      returning id, name
    ) insert into sellers (user_id, name) select id, name from added returning id`,
    [size.sellers],
  );
  await pool.query(
    `insert into products (seller_id, name, category, unit, price, stock, iva_bp)
      select id, 'Product ' || n, 'catch', 'libra', 100 + n, 1000, 0 from sellers, generate_series(1, 3) n order by sellers.id, n`,
  );
  return { sellers: sellers.map(({ id }) => id), clients: clients.map(({ id }) => id) };
}

/** What a transaction of `changeSomething` did: `<order>:<version>`. */
export type Change = `${number}:${number}`;

/**
 * Places an order or moves one a step, with its history and its event, inside the caller's transaction, at a random
 * moment of November 2026. Absent when the order that was picked cannot move or is being moved by another.
 */
export async function changeSomething(
  client: pg.ClientBase,
  marketplace: Marketplace,
  random: Random,
): Promise<Change | undefined> {
  const at = new Date(Date.UTC(2026, 10, 1 + random.next(28), random.next(24), random.next(60))).toISOString();
  if (random.next(3) === 0) return placeOrder(client, marketplace, random, at);
  const { rows } = await client.query<{ id: number; status: OrderStatus; version: number }>(
    `select id, status, version from orders where id >= $1
      order by id limit 1 for update skip locked`,
    [1 + random.next(60)],
  );
  const order = rows[0];
  const steps = ORDER_TRANSITIONS.filter(({ from }) => from === order?.status);
  if (order === undefined || steps.length === 0) return undefined;
  const { to } = random.pick(steps);
  await client.query("update orders set status = $2, version = version + 1, status_at = $3 where id = $1", [
    order.id,
    to,
    at,
  ]);
  return appendStep(client, order.id, order.status, to, order.version + 1, at);
}

async function placeOrder(client: pg.ClientBase, marketplace: Marketplace, random: Random, at: string) {
  const { rows } = await client.query<{ id: number }>(
    `insert into orders (seller_id, client_id, status, subtotal, tax, total, placed_at, placed_day, status_at)
      values ($1, $2, 'pending_payment', 0, 0, 0, $3, business_day($3), $3) returning id`,
    [random.pick(marketplace.sellers), random.pick(marketplace.clients), at],
  );
  const id = rows[0]?.id ?? 0;
  await client.query(
    `with items as (
      insert into order_items (order_id, line, product_id, name, quantity, unit_price, iva_bp, line_total)
      select orders.id, row_number() over (), products.id, products.name, $2::int, price, iva_bp, price * $2::int
      from orders join products using (seller_id) where orders.id = $1 limit $3 returning line_total
    ), sums as (select sum(line_total) as subtotal from items)
    update orders set subtotal = sums.subtotal, total = sums.subtotal from sums where id = $1`,
    [id, 1 + random.next(9), 1 + random.next(3)],
  );
  return appendStep(client, id, null, "pending_payment", 1, at);
}

async function appendStep(
  client: pg.ClientBase,
  id: number,
  from: OrderStatus | null,
  to: OrderStatus,
  version: number,
  at: string,
): Promise<Change> {
  await client.query(
    "insert into order_history (order_id, version, status, at, actor_role) values ($1, $2, $3, $4, 'SYSTEM')",
    [id, version, to, at],
  );
  await client.query(
    `insert into outbox_pending (type, at, day, actor, seller_id, client_id, order_id, metadata, payload)
      select $2, $3::timestamptz, business_day($3), '{"role": "SYSTEM"}', seller_id, client_id, id,
        '{"action": "status_updated"}',
        jsonb_build_object('from', $4::text, 'to', status, 'version', $5::int, 'order_day', placed_day,
          'totals', jsonb_build_object('subtotal', subtotal, 'tax', tax, 'total', total),
          'items', (select jsonb_agg(jsonb_build_object('product_id', product_id::text, 'name', name,
            'quantity', quantity, 'unit_price', unit_price, 'iva_bp', iva_bp, 'line_total', line_total))
            from order_items where order_id = orders.id))
      from orders where id = $1`,
    [id, orderEventType(to), at, from, version],
  );
  return `${id}:${version}`;
}
