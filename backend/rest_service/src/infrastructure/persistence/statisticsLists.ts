import type { ClientBase } from "pg";
import type { ClientActivity, Period, SellerProducts, TopSellers } from "../../application/StatisticsReader.ts";

/** Best first; products with nothing sold in the period, taken all in all, are left out. */
export async function readSellerProducts(
  client: ClientBase,
  sellerId: string,
  { from, to }: Period,
  limit: number,
): Promise<SellerProducts["products"]> {
  const { rows } = await client.query<SellerProducts["products"][number]>(
    `select product_id::text, name, unit, sold.units::bigint as units, sold.net_sales::bigint as net_sales
      from (
        select product_id, sum(units) as units, sum(net_sales) as net_sales from stats_product_day
        where seller_id = $1 and day between $2 and $3
        group by product_id
      ) sold join products on products.id = sold.product_id
      where sold.units <> 0 or sold.net_sales <> 0
      order by sold.net_sales desc, product_id limit $4`,
    [sellerId, from, to, limit],
  );
  return rows;
}

export async function readTopSellers(
  client: ClientBase,
  { from, to }: Period,
  limit: number,
): Promise<Omit<TopSellers, "as_of">> {
  const { rows } = await client.query<TopSellers["sellers"][number] & { active_sellers: number }>(
    `select seller_id::text, name, orders, net_sales, active_sellers
      from (
        select seller_id, sum(orders)::bigint as orders, sum(net_sales)::bigint as net_sales,
          count(*) over () as active_sellers
        from stats_seller_day where day between $1 and $2
        group by seller_id having bool_or(orders > 0 or paid_orders > 0)
        order by net_sales desc, seller_id limit $3
      ) active join sellers on sellers.id = active.seller_id
      order by net_sales desc, active.seller_id`,
    [from, to, limit],
  );
  return {
    active_sellers: rows[0]?.active_sellers ?? 0,
    sellers: rows.map(({ seller_id, name, orders, net_sales }) => ({ seller_id, name, orders, net_sales })),
  };
}

export async function readClientActivity(
  client: ClientBase,
  { from, to }: Period,
  limit: number,
): Promise<Omit<ClientActivity, "as_of">> {
  const { rows: clients } = await client.query<
    ClientActivity["clients"][number] & { active_clients: number; returning_clients: number }
  >(
    `select client_id::text, name, paid_orders, net_sales, active_clients, returning_clients
      from (
        select client_id, paid_orders, net_sales, count(*) over () as active_clients,
          count(*) filter (where bought_before) over () as returning_clients
        from (
          select client_id, sum(paid_orders)::bigint as paid_orders, sum(net_sales)::bigint as net_sales,
            exists (select from stats_client_day earlier where earlier.client_id = bought.client_id
              and earlier.day < $1 and earlier.paid_orders > 0) as bought_before
          from stats_client_day bought where day between $1 and $2
          group by client_id having bool_or(paid_orders > 0)
        ) active
        order by net_sales desc, client_id limit $3
      ) best join users on users.id = best.client_id
      order by net_sales desc, best.client_id`,
    [from, to, limit],
  );
  const { rows: days } = await client.query<ClientActivity["days"][number]>(
    "select day, new_clients from stats_day where day between $1 and $2 and new_clients <> 0 order by day",
    [from, to],
  );
  const { rows: totals } = await client.query<{ total: number }>(
    "select coalesce(sum(new_clients), 0)::bigint as total from stats_day",
  );
  return {
    total_clients: totals[0]?.total ?? 0,
    active_clients: clients[0]?.active_clients ?? 0,
    returning_clients: clients[0]?.returning_clients ?? 0,
    clients: clients.map(({ client_id, name, paid_orders, net_sales }) => ({
      client_id,
      name,
      paid_orders,
      net_sales,
    })),
    days,
  };
}
