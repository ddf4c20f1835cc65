-- No order comes to more than a million dollars. Sums of orders have to stay below 2^53 cents, or nobody can read the
-- figures of any day that holds them; what a seller and a client of theirs could order of one another had no bound.
-- On insert alone, so that no earlier order is stuck.

create function refuse_large_order() returns trigger language plpgsql as $$
begin
  raise exception 'an order of % cents is over the limit', new.total
    using errcode = 'check_violation', constraint = 'orders_total_limit';
end $$;

create trigger orders_total_limit before insert on orders
  for each row when (new.total > 100000000) execute function refuse_large_order();
