export const SELLERS = 50;
export const CLIENTS = 2_000;
export const PRODUCTS_PER_SELLER = 20;
export const DAYS = 365;

/** One order in so many waits for its payment to be verified. */
const ONE_PENDING_IN = 500;

/**
 * SQL that fills a migrated, empty database with a year of orders and with the rollups that the sequencer would have
 * kept of them. Deterministic: the order's number decides all of it.
 */
export function fillMarketplace(orders: number): string {
  return `
    set synchronous_commit = off;
    insert into users (email, password_hash, name, role)
      select 'seller' || i || '@bench.test', 'x', 'Seller ' || i, 'SELLER' from generate_series(1, ${SELLERS}) i;
    insert into users (email, password_hash, name, role)
      select 'client' || i || '@bench.test', 'x', 'Client ' || i, 'CLIENT' from generate_series(1, ${CLIENTS}) i;
    insert into sellers (user_id, name) select i, 'Shop ' || i from generate_series(1, ${SELLERS}) i;
    insert into products (seller_id, name, category, unit, price, stock, iva_bp)
      select 1 + (i % ${SELLERS}), 'Product ' || i, 'pescado', 'libra', 100 + i % 900, i % 40, 0
      from generate_series(1, ${SELLERS * PRODUCTS_PER_SELLER}) i;

    insert into orders (seller_id, client_id, status, subtotal, tax, total, placed_at, placed_day)
      select seller_id, client_id, status, price * 3, 0, price * 3, placed_at, business_day(placed_at)
      from (
        select 1 + (i * 7919 % ${SELLERS}) as seller_id,
          1 + ${SELLERS} + (i * 104729 % ${CLIENTS}) as client_id,
          case when i % ${ONE_PENDING_IN} = 0 then 'payment_submitted' when i % 20 = 1 then 'cancelled'
            when i % 20 = 2 then 'pending_payment' when i % 20 = 3 then 'preparing' else 'delivered' end as status,
          100 + i % 900 as price,
          now() - make_interval(mins => (i * 49999 % ${DAYS * 1440})::int) as placed_at
        from generate_series(1::bigint, ${orders}) i) o;
    insert into order_items (order_id, line, product_id, name, quantity, unit_price, iva_bp, line_total)
      select id, 1, seller_id, 'Product', 3, subtotal / 3, 0, subtotal from orders;

    insert into stats_seller_day (seller_id, day, orders, paid_orders, net_sales, units, cancelled)
      select seller_id, placed_day, count(*), count(*) filter (where paid), coalesce(sum(subtotal) filter (where paid), 0),
        3 * count(*) filter (where paid), count(*) filter (where status = 'cancelled')
      from (select *, status in ('preparing', 'delivered') as paid from orders) o group by 1, 2;
    insert into stats_day (day, orders, paid_orders, net_sales, units, cancelled, new_clients)
      select day, sum(orders), sum(paid_orders), sum(net_sales), sum(units), sum(cancelled), 5
      from stats_seller_day group by 1;
    insert into stats_seller_minute (seller_id, day, minute, orders, paid_orders, net_sales, units, cancelled)
      select seller_id, placed_day, date_trunc('minute', placed_at), count(*), count(*) filter (where paid),
        coalesce(sum(subtotal) filter (where paid), 0), 3 * count(*) filter (where paid),
        count(*) filter (where status = 'cancelled')
      from (select *, status in ('preparing', 'delivered') as paid from orders) o group by 1, 2, 3;
    insert into stats_minute (day, minute, orders, paid_orders, net_sales, units, cancelled)
      select day, minute, sum(orders), sum(paid_orders), sum(net_sales), sum(units), sum(cancelled)
      from stats_seller_minute group by 1, 2;
    insert into stats_seller_day_status (seller_id, day, status, orders)
      select seller_id, placed_day, status, count(*) from orders group by 1, 2, 3;
    insert into stats_day_status (day, status, orders)
      select day, status, sum(orders) from stats_seller_day_status group by 1, 2;
    insert into stats_product_day (seller_id, day, product_id, units, net_sales)
      select o.seller_id, placed_day, 1 + (o.seller_id + ${SELLERS - 1} + ${SELLERS} * (o.id % ${PRODUCTS_PER_SELLER})) % ${SELLERS * PRODUCTS_PER_SELLER},
        3 * count(*), sum(subtotal) from orders o where status in ('preparing', 'delivered') group by 1, 2, 3;
    insert into stats_client_day (client_id, day, paid_orders, net_sales)
      select client_id, placed_day, count(*), sum(subtotal) from orders where status in ('preparing', 'delivered') group by 1, 2;
    analyze;`;
}
