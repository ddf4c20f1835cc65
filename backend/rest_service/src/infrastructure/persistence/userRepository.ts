import type pg from "pg";
import type { AccountStore, Credentials } from "../../application/AccountStore.ts";
import type { User } from "../../domain/User.ts";

const REGISTER = `
  with account as (
    insert into users (email, password_hash, name, role)
    values ($1, $2, $3, case when $4::text is null then 'CLIENT' else 'SELLER' end)
    on conflict (email) do nothing
    returning id, name, role, created_at
  ), shop as (
    insert into sellers (user_id, name) select id, $4 from account where $4 is not null
    returning id
  ), event as (
    insert into outbox_pending (type, at, day, actor, seller_id, client_id, metadata, payload)
    select case when shop.id is null then 'CLIENT_REGISTERED' else 'SELLER_REGISTERED' end,
      account.created_at, business_day(account.created_at),
      jsonb_build_object('user_id', account.id::text, 'role', account.role),
      shop.id,
      case when shop.id is null then account.id end,
      case when shop.id is null then '{"action": "client_registered"}'::jsonb else '{}' end,
      case when shop.id is null then jsonb_build_object('user_id', account.id::text)
        else jsonb_build_object('user_id', account.id::text, 'name', $4) end
    from account left join shop on true
  )
  select account.id::text, account.name, account.role, shop.id::text as seller_id
  from account left join shop on true`;

const credentials = (where: string) => `
  select jsonb_build_object('id', u.id::text, 'name', u.name, 'role', u.role, 'seller_id', s.id::text) as "user",
    u.email, u.password_hash
  from users u left join sellers s on s.user_id = u.id
  where ${where} and u.disabled_at is null`;
const CREDENTIALS_BY_EMAIL = credentials("u.email = $1");
const CREDENTIALS_BY_ID = credentials("u.id = $1");

const CHANGE_PASSWORD = `
  with account as (
    update users set password_hash = $2 where id = $1 and password_hash = $3 and disabled_at is null returning id, role
  )
  select revoke_sessions(id, '{}', true, 'password_changed', jsonb_build_object('user_id', id::text, 'role', role))
  from account`;

const IS_CURRENT = `
  select from sessions join users u on u.id = sessions.user_id left join sellers s on s.user_id = u.id
  where sessions.id = $1 and sessions.revoked_at is null and sessions.expires_at > now()
    and u.id = $2 and u.role = $3 and u.disabled_at is null and s.id is not distinct from $4`;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Accounts in PostgreSQL; every method is one statement. */
export function createUserRepository(pool: pg.Pool): AccountStore {
  return {
    async register({ email, password_hash, name, shop }) {
      const { rows } = await pool.query<User>(REGISTER, [email, password_hash, name, shop]);
      return rows[0];
    },

    async credentialsOf(email) {
      const { rows } = await pool.query<Credentials>(CREDENTIALS_BY_EMAIL, [email]);
      return rows[0];
    },

    async credentialsById(userId) {
      const { rows } = await pool.query<Credentials>(CREDENTIALS_BY_ID, [userId]);
      return rows[0];
    },

    async changePassword({ user, password_hash }, passwordHash) {
      const { rowCount } = await pool.query(CHANGE_PASSWORD, [user.id, passwordHash, password_hash]);
      return rowCount === 1;
    },

    async isCurrent({ session_id, user_id, role, seller_id }) {
      if (!UUID.test(session_id)) return false;
      const { rowCount } = await pool.query(IS_CURRENT, [session_id, user_id, role, seller_id]);
      return rowCount === 1;
    },
  };
}
