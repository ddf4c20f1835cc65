-- People, shops, the catalogue and orders. Money is in cents; a business day is a calendar day in America/Guayaquil.

create function business_day(at timestamptz) returns date
  language sql immutable parallel safe
  return (at at time zone 'America/Guayaquil')::date;

create table users (
  id bigint generated always as identity primary key,
  email text not null unique check (email = lower(email) and length(email) <= 254),
  password_hash text not null,
  name text not null check (length(name) between 1 and 120),
  role text not null check (role in ('ADMIN', 'SELLER', 'CLIENT')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table sellers (
  id bigint generated always as identity primary key,
  user_id bigint not null unique references users,
  name text not null check (length(name) between 1 and 120),
  created_at timestamptz not null default now()
);

-- A login. Revoking it ends every token of its family.
create table sessions (
  id uuid primary key,
  user_id bigint not null references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_user on sessions (user_id);

-- Refresh tokens by their SHA-256. A used one that comes again after its grace means theft.
create table refresh_tokens (
  hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table products (
  id bigint generated always as identity primary key,
  seller_id bigint not null references sellers,
  name text not null check (length(name) between 1 and 120),
  description text not null default '' check (length(description) <= 2000),
  category text not null check (length(category) between 1 and 60),
  unit text not null check (unit in ('libra', 'kilo', 'unidad')),
  price bigint not null check (price > 0),
  stock integer not null check (stock >= 0),
  iva_bp integer not null check (iva_bp in (0, 1500)),
  low_stock_threshold integer not null default 5 check (low_stock_threshold >= 0),
  photo_url text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index products_seller on products (seller_id, id) where deleted_at is null;
create index products_low_stock on products (seller_id) where deleted_at is null and stock <= low_stock_threshold;

create table orders (
  id bigint generated always as identity primary key,
  seller_id bigint not null references sellers,
  client_id bigint not null references users,
  status text not null check (status in ('pending_payment', 'payment_submitted', 'payment_rejected',
    'payment_confirmed', 'preparing', 'shipped', 'ready_for_pickup', 'delivered', 'cancelled', 'expired')),
  version integer not null default 1,
  note text check (length(note) <= 500),
  subtotal bigint not null check (subtotal >= 0),
  tax bigint not null check (tax >= 0),
  total bigint not null check (total = subtotal + tax),
  -- When the order entered its present state.
  status_at timestamptz not null default now(),
  placed_at timestamptz not null default now(),
  placed_day date not null default business_day(now())
);
create index orders_seller on orders (seller_id, id desc);
create index orders_client on orders (client_id, id desc);
create index orders_seller_status on orders (seller_id, status, id desc);
create index orders_to_verify on orders (seller_id, status_at) where status = 'payment_submitted';

create table order_items (
  order_id bigint not null references orders on delete cascade,
  line integer not null,
  product_id bigint not null references products,
  name text not null,
  quantity integer not null check (quantity > 0),
  unit_price bigint not null,
  iva_bp integer not null,
  line_total bigint not null check (line_total = unit_price * quantity),
  primary key (order_id, line)
);

create table order_history (
  order_id bigint not null references orders on delete cascade,
  version integer not null,
  status text not null,
  at timestamptz not null default now(),
  actor_id bigint references users,
  actor_role text not null,
  reason text,
  primary key (order_id, version)
);

create table idempotency_keys (
  user_id bigint not null references users on delete cascade,
  operation text not null,
  key text not null,
  request_hash bytea not null,
  -- Absent while the first request is still running.
  status integer,
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, operation, key)
);
