-- The sums of a day by the minute, so that an unfinished day can be compared with another day up to the same time. The
-- minutes of a day add up to its row in stats_seller_day and stats_day.

-- Keeps the sequencer of a version before, which waits for this row, from going on until all is in place.
lock table event_head in exclusive mode;

create table stats_seller_minute (
  seller_id bigint not null,
  day date not null,
  minute timestamptz not null,
  orders bigint not null default 0,
  paid_orders bigint not null default 0,
  net_sales bigint not null default 0,
  units bigint not null default 0,
  cancelled bigint not null default 0,
  primary key (seller_id, day, minute)
);

create table stats_minute (
  day date not null,
  minute timestamptz not null,
  orders bigint not null default 0,
  paid_orders bigint not null default 0,
  net_sales bigint not null default 0,
  units bigint not null default 0,
  cancelled bigint not null default 0,
  new_clients bigint not null default 0,
  primary key (day, minute)
);

-- What the sequencer would have kept of the log so far: see deltasFor.ts. A row is there even where its sums are 0.
create temp table minute_deltas on commit drop as
  with steps as (
    select seller_id, day, date_trunc('minute', at) as minute, payload,
      payload ->> 'from' is null as placed,
      payload ->> 'to' in ('cancelled', 'expired') as ended,
      (payload ->> 'to' in ('payment_confirmed', 'preparing', 'shipped', 'ready_for_pickup', 'delivered'))::int
        - coalesce(payload ->> 'from'
            in ('payment_confirmed', 'preparing', 'shipped', 'ready_for_pickup', 'delivered'), false)::int as sign
    from event_log
    where type in ('ORDER_CREATED', 'PAYMENT_SUBMITTED', 'PAYMENT_VERIFIED', 'PAYMENT_REJECTED', 'ORDER_STATUS_UPDATED',
        'ORDER_DELIVERED', 'ORDER_CANCELLED', 'ORDER_EXPIRED')
      and jsonb_typeof(payload #> '{totals,subtotal}') = 'number' and jsonb_typeof(payload -> 'items') = 'array'
  )
  select seller_id, day, minute, placed::int as orders, sign as paid_orders,
    sign * (payload #>> '{totals,subtotal}')::bigint as net_sales,
    case when sign = 0 then 0
      else sign * (select sum((item ->> 'quantity')::bigint) from jsonb_array_elements(payload -> 'items') item) end
      as units,
    ended::int as cancelled
  from steps where placed or ended or sign <> 0;

insert into stats_seller_minute
  select seller_id, day, minute, sum(orders), sum(paid_orders), sum(net_sales), sum(units), sum(cancelled)
  from minute_deltas group by seller_id, day, minute;

insert into stats_minute
  select day, minute, sum(orders), sum(paid_orders), sum(net_sales), sum(units), sum(cancelled), sum(new_clients)
  from (
    select day, minute, orders, paid_orders, net_sales, units, cancelled, 0 as new_clients from minute_deltas
    union all
    select day, date_trunc('minute', at), 0, 0, 0, 0, 0, 1 from event_log where type = 'CLIENT_REGISTERED'
  ) deltas group by day, minute;

-- A registration and its event were some milliseconds apart, and so sometimes in two minutes.
update users set created_at = event_log.at from event_log
  where event_log.type = 'CLIENT_REGISTERED' and event_log.client_id = users.id
    and date_trunc('minute', event_log.at) <> date_trunc('minute', users.created_at);

-- A sequencer that does not keep the minutes cannot move the head: it fails, frees its lock, and one that does takes over.
alter table event_head add column minutes_seq bigint;
update event_head set minutes_seq = seq;
alter table event_head alter column minutes_seq set not null, add check (minutes_seq = seq);
comment on column event_head.minutes_seq is 'Up to where the sums by the minute are kept';
