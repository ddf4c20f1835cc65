-- The outbox, the numbered log, and the statistics that the sequencer keeps from it.

-- Written in the transaction of the change; emptied by the sequencer. `id` orders what one writer wrote, no more.
create table outbox_pending (
  id bigint generated always as identity primary key,
  type text not null,
  at timestamptz not null default clock_timestamp(),
  day date not null default business_day(clock_timestamp()),
  actor jsonb not null,
  seller_id bigint,
  client_id bigint,
  order_id bigint,
  metadata jsonb not null,
  payload jsonb not null
);
alter table outbox_pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- `seq` is dense: 1, 2, 3, … in an order in which every reader may see it.
create table event_log (
  seq bigint primary key,
  type text not null,
  at timestamptz not null,
  day date not null,
  actor jsonb not null,
  seller_id bigint,
  client_id bigint,
  order_id bigint,
  metadata jsonb not null,
  payload jsonb not null,
  sequenced_at timestamptz not null default clock_timestamp()
);

create table event_head (
  one boolean primary key default true check (one),
  seq bigint not null
);
insert into event_head (seq) values (0);

-- `orders` counts by the day of placing; paid orders, sales and units by the day on which they came to count or ceased to.
create table stats_seller_day (
  seller_id bigint not null,
  day date not null,
  orders bigint not null default 0,
  paid_orders bigint not null default 0,
  net_sales bigint not null default 0,
  units bigint not null default 0,
  cancelled bigint not null default 0,
  primary key (seller_id, day)
) with (fillfactor = 70);
create index stats_seller_day_day on stats_seller_day (day);

create table stats_day (
  day date primary key,
  orders bigint not null default 0,
  paid_orders bigint not null default 0,
  net_sales bigint not null default 0,
  units bigint not null default 0,
  cancelled bigint not null default 0,
  new_clients bigint not null default 0
) with (fillfactor = 50);

create table stats_product_day (
  seller_id bigint not null,
  day date not null,
  product_id bigint not null,
  units bigint not null default 0,
  net_sales bigint not null default 0,
  primary key (seller_id, day, product_id)
) with (fillfactor = 70);

-- Orders by their present state, under the day on which they were placed.
create table stats_seller_day_status (
  seller_id bigint not null,
  day date not null,
  status text not null,
  orders bigint not null default 0,
  primary key (seller_id, day, status)
) with (fillfactor = 70);

create table stats_day_status (
  day date not null,
  status text not null,
  orders bigint not null default 0,
  primary key (day, status)
) with (fillfactor = 50);

create table stats_client_day (
  client_id bigint not null,
  day date not null,
  paid_orders bigint not null default 0,
  net_sales bigint not null default 0,
  primary key (day, client_id)
) with (fillfactor = 70);
