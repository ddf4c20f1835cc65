/** Bulk statements of the demo data; `$1` is a JSON array of rows. Ids are given, since the database is empty. */
export const INSERT_PEOPLE = `
  insert into users (id, email, password_hash, name, role, created_at) overriding system value
  select r.id, r.email, r.password_hash, r.name, r.role, r.created_at
  from json_to_recordset($1) as r(id bigint, email text, password_hash text, name text, role text, created_at timestamptz)`;

export const INSERT_SELLERS = `
  insert into sellers (id, user_id, name, created_at) overriding system value
  select r.id, r.user_id, r.name, r.created_at
  from json_to_recordset($1) as r(id bigint, user_id bigint, name text, created_at timestamptz)`;

export const INSERT_PRODUCTS = `
  insert into products (id, seller_id, name, description, category, unit, price, stock, iva_bp, low_stock_threshold,
    created_at, updated_at) overriding system value
  select r.id, r.seller_id, r.name, r.description, r.category, r.unit, r.price, r.stock, r.iva_bp,
    r.low_stock_threshold, r.created_at, r.created_at
  from json_to_recordset($1) as r(id bigint, seller_id bigint, name text, description text, category text, unit text,
    price bigint, stock integer, iva_bp integer, low_stock_threshold integer, created_at timestamptz)`;

export const INSERT_ORDERS = `
  insert into orders (id, seller_id, client_id, status, version, subtotal, tax, total, status_at, placed_at, placed_day)
    overriding system value
  select r.id, r.seller_id, r.client_id, r.status, r.version, r.subtotal, r.tax, r.total, r.status_at, r.placed_at,
    business_day(r.placed_at)
  from json_to_recordset($1) as r(id bigint, seller_id bigint, client_id bigint, status text, version integer,
    subtotal bigint, tax bigint, total bigint, status_at timestamptz, placed_at timestamptz)`;

export const INSERT_ITEMS = `
  insert into order_items (order_id, line, product_id, name, quantity, unit_price, iva_bp, line_total)
  select r.order_id, r.line, r.product_id, r.name, r.quantity, r.unit_price, r.iva_bp, r.unit_price * r.quantity
  from json_to_recordset($1) as r(order_id bigint, line integer, product_id bigint, name text, quantity integer,
    unit_price bigint, iva_bp integer)`;

export const INSERT_HISTORY = `
  insert into order_history (order_id, version, status, at, actor_id, actor_role, reason)
  select r.order_id, r.version, r.status, r.at, r.actor_id, r.actor_role, r.reason
  from json_to_recordset($1) as r(order_id bigint, version integer, status text, at timestamptz, actor_id bigint,
    actor_role text, reason text)`;

/**
 * The events that the use cases would have appended, in the order of their instants, so that the sequencer numbers
 * them so. `$1` names event type and action of each order state.
 */
export const INSERT_EVENTS = `
  with named as (
    select * from json_to_recordset($1) as r(status text, type text, action text)
  ), items as (
    select order_id, jsonb_agg(jsonb_build_object('product_id', product_id::text, 'name', name, 'quantity', quantity,
      'unit_price', unit_price, 'iva_bp', iva_bp, 'line_total', line_total) order by line) as items
    from order_items group by order_id
  ), steps as (
    select h.*, lag(h.status) over (partition by h.order_id order by h.version) as earlier from order_history h
  ), events as (
    select 1 as rank, s.id, 'SELLER_REGISTERED' as type, s.created_at as at,
      jsonb_build_object('user_id', s.user_id::text, 'role', 'SELLER') as actor, s.id as seller_id,
      null::bigint as client_id, null::bigint as order_id, '{}'::jsonb as metadata,
      jsonb_build_object('user_id', s.user_id::text, 'name', s.name) as payload
    from sellers s
    union all
    select 2, u.id, 'CLIENT_REGISTERED', u.created_at, jsonb_build_object('user_id', u.id::text, 'role', 'CLIENT'),
      null, u.id, null, '{"action": "client_registered"}', jsonb_build_object('user_id', u.id::text)
    from users u where u.role = 'CLIENT'
    union all
    select 3, p.id, 'PRODUCT_CREATED', p.created_at, jsonb_build_object('user_id', s.user_id::text, 'role', 'SELLER'),
      p.seller_id, null, null, '{"action": "product_created"}',
      jsonb_build_object('product_id', p.id::text, 'name', p.name, 'price', p.price, 'stock', p.stock)
    from products p join sellers s on s.id = p.seller_id
    union all
    select 4, o.id, named.type, h.at,
      jsonb_strip_nulls(jsonb_build_object('user_id', h.actor_id::text, 'role', h.actor_role)),
      o.seller_id, o.client_id, o.id, jsonb_build_object('action', named.action),
      jsonb_build_object('from', h.earlier, 'to', h.status, 'version', h.version,
        'order_day', to_char(o.placed_day, 'YYYY-MM-DD'),
        'totals', jsonb_build_object('subtotal', o.subtotal, 'tax', o.tax, 'total', o.total),
        'items', items.items) ||
        case when h.reason is null then '{}'::jsonb else jsonb_build_object('reason', h.reason) end
    from steps h join orders o on o.id = h.order_id join items on items.order_id = o.id
      join named on named.status = h.status
  )
  insert into outbox_pending (type, at, day, actor, seller_id, client_id, order_id, metadata, payload)
  select type, at, business_day(at), actor, seller_id, client_id, order_id, metadata, payload
  from events order by at, rank, id, (payload->>'version')::int`;

/** Lets new rows go on after the given ids. */
export const ADVANCE_IDS = ["users", "sellers", "products", "orders"].map(
  (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
);
