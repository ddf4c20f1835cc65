import type pg from "pg";
import type { AccountAdministration } from "../../application/AccountAdministration.ts";
import type { UserRecord } from "../../domain/User.ts";
import { inTransaction } from "./inTransaction.ts";

const RECORD = `
  select u.id::text, u.name, u.role, s.id::text as seller_id, u.email, u.disabled_at is not null as disabled,
    iso_utc(u.created_at) as created_at
  from users u left join sellers s on s.user_id = u.id`;

const LIST = `${RECORD}
  where ($1::text is null or position(lower($1) in lower(u.name || ' ' || u.email)) > 0)
    and ($2::text is null or u.role = $2)
    and ($3::bigint is null or u.id < $3)
  order by u.id desc limit $4`;

const FIND_FOR_CHANGE = `${RECORD} where u.id = $1 for no key update of u`;

const CHANGE = `
  update users set role = $2, first_role = case when role = $2 then first_role else coalesce(first_role, role) end,
    disabled_at = case when $3 then coalesce(disabled_at, now()) end
  where id = $1`;

const REVOKE = "select revoke_sessions(id, $2, $3, $4, $5) from users where id = $1";

/** Accounts in PostgreSQL, for administrators. */
export function createAccountAdministration(pool: pg.Pool): AccountAdministration {
  return {
    async list({ search, role, before, limit }) {
      const { rows } = await pool.query<UserRecord>(LIST, [search, role, before, limit]);
      return rows;
    },

    change(userId, changes, actor) {
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query<UserRecord>(FIND_FOR_CHANGE, [userId]);
        const user = rows[0];
        if (user === undefined) return { kind: "unknown_user" };
        const { role = user.role, disabled = user.disabled } = changes;
        if (role !== user.role && user.seller_id !== null) return { kind: "has_shop" };
        await client.query(CHANGE, [userId, role, disabled]);
        const reason =
          disabled && !user.disabled ? "account_disabled" : role === user.role ? undefined : "role_changed";
        if (reason !== undefined) await client.query(REVOKE, [userId, [], true, reason, actor]);
        return { kind: "changed", user: { ...user, role, disabled } };
      });
    },

    async disconnect(userId, sessionId, actor) {
      const sessions = sessionId === undefined ? [] : [sessionId];
      const wanted = [userId, sessions, sessionId === undefined, "disconnected", actor];
      const { rowCount } = await pool.query(REVOKE, wanted);
      return rowCount === 1;
    },
  };
}
