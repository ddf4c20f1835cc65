import type pg from "pg";
import type { SessionStore } from "../../application/SessionStore.ts";
import type { User } from "../../domain/User.ts";
import { inTransaction } from "./inTransaction.ts";

// The account is locked against changes, and looked at anew where one was under way: what ends its sessions either finds
// this one, or is found. Logins that are over leave with the next login of their user.
const OPEN = `
  with account as (
    select id from users where id = $2 and role = $5 and password_hash = $6 and disabled_at is null for share
  ), over as (
    delete from sessions using account where user_id = account.id and expires_at < now()
  ), session as (
    insert into sessions (id, user_id, expires_at) select $1, id, $3 from account returning id
  )
  insert into refresh_tokens (hash, session_id) select $4, id from session`;

// The session's row is locked, so that the rotations and the revocation of one family follow one another.
const PRESENTED = `
  select sessions.id as session_id, sessions.user_id, sessions.expires_at,
    extract(epoch from clock_timestamp() - t.used_at)::float8 as used_ago_s,
    sessions.revoked_at is null and sessions.expires_at > now() and u.disabled_at is null as alive,
    jsonb_build_object('id', u.id::text, 'name', u.name, 'role', u.role, 'seller_id', s.id::text) as "user"
  from refresh_tokens t join sessions on sessions.id = t.session_id
    join users u on u.id = sessions.user_id left join sellers s on s.user_id = u.id
  where t.hash = $1
  for update of sessions, t`;

type Presented = {
  session_id: string;
  user_id: string;
  expires_at: Date;
  /** `null`: not used yet. */
  used_ago_s: number | null;
  alive: boolean;
  user: User;
};

const ROTATE = `
  with used as (
    update refresh_tokens set used_at = coalesce(used_at, clock_timestamp()) where hash = $1 returning session_id
  )
  insert into refresh_tokens (hash, session_id) select $2, session_id from used`;

const REVOKE_REUSED = `select revoke_sessions($1, array[$2::uuid], false, 'token_reused', '{"role": "SYSTEM"}')`;

const REVOKE_BY_TOKEN = `
  select s.id, revoke_sessions(u.id, array[s.id], false, 'logout',
    jsonb_build_object('user_id', u.id::text, 'role', u.role))
  from refresh_tokens t join sessions s on s.id = t.session_id join users u on u.id = s.user_id
  where t.hash = $1 and s.revoked_at is null`;

/** Login sessions in PostgreSQL. */
export function createSessionRepository(pool: pg.Pool): SessionStore {
  return {
    async open({ id, proof: { user, password_hash }, expires_at, token }) {
      const { rowCount } = await pool.query(OPEN, [id, user.id, expires_at, token, user.role, password_hash]);
      return rowCount === 1;
    },

    rotate({ presented, successor, grace_s }) {
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query<Presented>(PRESENTED, [presented]);
        const token = rows[0];
        if (token === undefined || !token.alive) return { kind: "refused" };
        const { session_id, user_id, user, expires_at, used_ago_s } = token;
        if (used_ago_s !== null && used_ago_s > grace_s) {
          await client.query(REVOKE_REUSED, [user_id, session_id]);
          return { kind: "reused", session_id };
        }
        await client.query(ROTATE, [presented, successor]);
        return { kind: "rotated", session_id, user, expires_at };
      });
    },

    async revokeByToken(token) {
      const { rows } = await pool.query<{ id: string }>(REVOKE_BY_TOKEN, [token]);
      return rows[0]?.id;
    },
  };
}
