-- Ends login sessions before their time and tells so in the log, in the transaction of the caller: services follow the
-- log and refuse the tokens of these sessions.

create function revoke_sessions(
  owner bigint, named uuid[], whole_account boolean, reason text, revoked_by jsonb
) returns void language sql
begin atomic
  with ended as (
    update sessions set revoked_at = now()
    where user_id = owner and revoked_at is null and expires_at > now() and (whole_account or id = any (named))
    returning id
  ), numbered as (
    select id, row_number() over () - 1 as place from ended
  ), messages as (
    -- One message names at most 100 sessions. Of a whole account one is sent even where it names none.
    select jsonb_agg(id) as session_ids from numbered group by place / 100
    union all
    select '[]' where whole_account and not exists (select from ended)
  )
  insert into outbox_pending (type, actor, metadata, payload)
  select 'ACCESS_REVOKED', revoked_by, '{}', jsonb_build_object('user_id', owner::text, 'reason', reason,
    'session_ids', session_ids, 'whole_account', whole_account)
  from messages;
end;
