import type { RollupName } from "./rollups.ts";

/**
 * Order changes as the history has them: each step with the state before, and the business day of the step. The states
 * that count are written out again on purpose, so that this does not share a mistake with `deltasFor`.
 */
const STEPS = `
  with steps as (
    select order_id, status, business_day(at) as day, date_trunc('minute', at) as minute,
      status in ('payment_confirmed', 'preparing', 'shipped', 'ready_for_pickup', 'delivered') as counts,
      lag(status in ('payment_confirmed', 'preparing', 'shipped', 'ready_for_pickup', 'delivered'), 1, false)
        over (partition by order_id order by version) as counted
    from order_history
  ), changes as (
    select steps.order_id, steps.day, steps.minute, counts::int - counted::int as sign, seller_id, client_id, subtotal,
      (select sum(quantity) from order_items where order_items.order_id = steps.order_id) as quantity
    from steps join orders on orders.id = steps.order_id
    where counts <> counted
  ), figures as (
    select seller_id, placed_day as day, date_trunc('minute', placed_at) as minute, 1 as orders, 0 as paid_orders,
      0 as net_sales, 0 as units, 0 as cancelled
    from orders
    union all
    select seller_id, day, minute, 0, sign, sign * subtotal, sign * quantity, 0 from changes
    union all
    select seller_id, day, minute, 0, 0, 0, 0, 1 from steps join orders on orders.id = steps.order_id
    where steps.status in ('cancelled', 'expired')
  )`;

const DAY_SUMS = `sum(orders)::bigint as orders, sum(paid_orders)::bigint as paid_orders,
  sum(net_sales)::bigint as net_sales, sum(units)::bigint as units, sum(cancelled)::bigint as cancelled`;

/** The market's sums with its new clients; `key` is `day` or `day, minute`. */
function ofMarket(key: string): string {
  return `${STEPS}
    select ${key}, orders, paid_orders, net_sales, units, cancelled, new_clients
    from (select ${key}, ${DAY_SUMS} from figures group by ${key}) sales
    full join (
      select ${key}, count(*) as new_clients
      from (select business_day(created_at) as day, date_trunc('minute', created_at) as minute from users
        where coalesce(first_role, role) = 'CLIENT') registered group by ${key}
    ) registrations using (${key})`;
}

/** For each rollup: the same rows from the orders, their history and the users, without a look at the log. */
export const RAW_STATISTICS: Readonly<Record<RollupName, string>> = {
  stats_seller_day: `${STEPS} select seller_id, day, ${DAY_SUMS} from figures group by seller_id, day`,
  stats_day: ofMarket("day"),
  stats_seller_minute: `${STEPS}
    select seller_id, day, minute, ${DAY_SUMS} from figures group by seller_id, day, minute`,
  stats_minute: ofMarket("day, minute"),
  stats_product_day: `${STEPS}
    select seller_id, day, product_id, sum(sign * order_items.quantity)::bigint as units,
      sum(sign * line_total)::bigint as net_sales
    from changes join order_items using (order_id) group by seller_id, day, product_id`,
  stats_seller_day_status: `
    select seller_id, placed_day as day, status, count(*) as orders from orders group by seller_id, placed_day, status`,
  stats_day_status: "select placed_day as day, status, count(*) as orders from orders group by placed_day, status",
  stats_client_day: `${STEPS}
    select day, client_id, sum(sign)::bigint as paid_orders, sum(sign * subtotal)::bigint as net_sales
    from changes group by day, client_id`,
};
