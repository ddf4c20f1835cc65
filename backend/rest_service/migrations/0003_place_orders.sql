-- How an order looks from outside, and the one statement that places orders.

create function iso_utc(at timestamptz) returns text
  language sql stable parallel safe
  return to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- The JSON of an order without its room: what readers get, and where events take items and totals from.
create view order_documents as
select o.id, o.seller_id, o.client_id, o.status, o.placed_at, o.placed_day,
  jsonb_build_object(
    'id', o.id,
    'status', o.status,
    'version', o.version,
    'seller_id', o.seller_id::text,
    'seller_name', s.name,
    'client_id', o.client_id::text,
    'client_name', u.name,
    'note', o.note,
    'placed_at', iso_utc(o.placed_at),
    'placed_day', to_char(o.placed_day, 'YYYY-MM-DD'),
    'updated_at', iso_utc(o.status_at),
    'totals', jsonb_build_object('subtotal', o.subtotal, 'tax', o.tax, 'total', o.total),
    'items', (
      select jsonb_agg(jsonb_build_object('product_id', i.product_id::text, 'name', i.name, 'quantity', i.quantity,
        'unit_price', i.unit_price, 'iva_bp', i.iva_bp, 'line_total', i.line_total) order by i.line)
      from order_items i where i.order_id = o.id),
    'history', (
      select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('status', h.status, 'at', iso_utc(h.at),
        'by', h.actor_role, 'reason', h.reason)) order by h.version)
      from order_history h where h.order_id = o.id)
  ) as document
from orders o join sellers s on s.id = o.seller_id join users u on u.id = o.client_id;

create index idempotency_keys_age on idempotency_keys (created_at);

-- Places one order per seller, all or none, in one round trip: stock, orders, history, events and the idempotency key.
-- `product_ids` are distinct. Answers {"kind": …}; every kind but `placed` has written nothing.
-- Rows of products are locked in the order of their ids, so that overlapping checkouts wait and never deadlock.
create function place_orders(
  buyer bigint, idempotency_key text, hash bytea, product_ids bigint[], quantities integer[], order_note text
) returns jsonb language plpgsql
-- Planning each statement anew for every order took longer than running it (2-3 times in all).
set plan_cache_mode = force_generic_plan
as $$
declare
  earlier idempotency_keys;
  refused record;
  placed_ids bigint[];
  documents jsonb;
begin
  if not pg_try_advisory_xact_lock(hashtextextended(format('create_order %s %s', buyer, idempotency_key), 0)) then
    return jsonb_build_object('kind', 'in_progress');
  end if;

  select * into earlier from idempotency_keys
    where user_id = buyer and operation = 'create_order' and key = idempotency_key
      and created_at > now() - interval '24 hours';
  if found then
    if earlier.request_hash <> hash then
      return jsonb_build_object('kind', 'key_reused');
    end if;
    return jsonb_build_object('kind', 'replayed', 'orders', earlier.body);
  end if;

  if not exists (select from users where id = buyer and role = 'CLIENT' and disabled_at is null) then
    return jsonb_build_object('kind', 'unknown_client');
  end if;

  perform from products where id = any (product_ids) order by id for no key update;

  select wanted.product_id, p.name, p.stock into refused
    from unnest(product_ids, quantities) as wanted (product_id, quantity)
    left join products p on p.id = wanted.product_id and p.deleted_at is null
    where p.id is null or p.stock < wanted.quantity
    order by wanted.product_id limit 1;
  if found and refused.name is null then
    return jsonb_build_object('kind', 'unknown_product', 'product_id', refused.product_id::text);
  elsif found then
    return jsonb_build_object('kind', 'out_of_stock', 'product_id', refused.product_id::text,
      'name', refused.name, 'available', refused.stock);
  end if;

  update products p set stock = p.stock - wanted.quantity
    from unnest(product_ids, quantities) as wanted (product_id, quantity)
    where p.id = wanted.product_id;

  with lines as (
    select p.id as product_id, p.seller_id, p.name, wanted.quantity, p.price, p.iva_bp,
      p.price * wanted.quantity as line_total,
      (p.price * wanted.quantity * p.iva_bp + 5000) / 10000 as tax,
      row_number() over (partition by p.seller_id order by wanted.position) as line
    from unnest(product_ids, quantities) with ordinality as wanted (product_id, quantity, position)
    join products p on p.id = wanted.product_id
  ), placed as (
    insert into orders (seller_id, client_id, status, note, subtotal, tax, total)
    select seller_id, buyer, 'pending_payment', order_note, sum(line_total), sum(tax), sum(line_total) + sum(tax)
    from lines group by seller_id order by seller_id
    returning id, seller_id, placed_at
  ), items as (
    insert into order_items (order_id, line, product_id, name, quantity, unit_price, iva_bp, line_total)
    select placed.id, lines.line, lines.product_id, lines.name, lines.quantity, lines.price, lines.iva_bp,
      lines.line_total
    from lines join placed using (seller_id)
  ), history as (
    insert into order_history (order_id, version, status, at, actor_id, actor_role)
    select id, 1, 'pending_payment', placed_at, buyer, 'CLIENT' from placed
  )
  select array_agg(id) into placed_ids from placed;

  insert into outbox_pending (type, at, day, actor, seller_id, client_id, order_id, metadata, payload)
    select 'ORDER_CREATED', o.placed_at, o.placed_day, jsonb_build_object('user_id', buyer::text, 'role', 'CLIENT'),
      o.seller_id, o.client_id, o.id, '{"action": "order_created"}',
      jsonb_build_object('from', null, 'to', 'pending_payment', 'version', 1,
        'order_day', o.document -> 'placed_day', 'totals', o.document -> 'totals', 'items', o.document -> 'items')
      || coalesce((
        select jsonb_build_object('low_stock', jsonb_agg(jsonb_build_object('product_id', p.id::text,
          'name', p.name, 'stock', p.stock, 'threshold', p.low_stock_threshold) order by p.id))
        from order_items i join products p on p.id = i.product_id
        where i.order_id = o.id and p.stock <= p.low_stock_threshold and p.stock + i.quantity > p.low_stock_threshold
        having count(*) > 0), '{}')
    from order_documents o where o.id = any (placed_ids) order by o.id;

  select jsonb_agg(document order by id) into documents from order_documents where id = any (placed_ids);
  insert into idempotency_keys (user_id, operation, key, request_hash, status, body)
    values (buyer, 'create_order', idempotency_key, hash, 201, documents)
    on conflict (user_id, operation, key) do update
      set request_hash = excluded.request_hash, body = excluded.body, created_at = excluded.created_at;
  -- Each order takes more old keys away than it adds.
  delete from idempotency_keys where ctid = any (array(
    select ctid from idempotency_keys where created_at < now() - interval '24 hours'
    order by created_at limit 2 for update skip locked));
  return jsonb_build_object('kind', 'placed', 'orders', documents);
end $$;
