import { releasesStock } from "@espigon/event_contracts";
import pg from "pg";
import type { OrderStore, PlacementResult } from "../../application/OrderStore.ts";
import type { Order } from "../../domain/Order.ts";

type Document = { document: Order };

const SCOPE = "($1::bigint is null or seller_id = $1) and ($2::bigint is null or client_id = $2)";

const FIND = `select document from order_documents where ${SCOPE} and id = $3`;

const LIST = `
  select document from order_documents
  where ${SCOPE} and ($3::text is null or status = $3) and ($4::bigint is null or id < $4)
  order by id desc limit $5`;

const PLACE = "select place_orders($1, $2, $3, $4, $5, $6) as result";

// One round trip and one transaction. The order's row is locked first: whoever comes second waits here, then finds
// another version and writes nothing. Products are locked in the order of their ids, as in place_orders.
const STEP = `
  with step as (
    update orders set status = $3, version = version + 1, status_at = clock_timestamp()
    where id = $1 and version = $2
    returning id, seller_id, client_id, version, status_at
  ), history as (
    insert into order_history (order_id, version, status, at, actor_id, actor_role, reason)
    select id, version, $3, status_at, (select u.id from users u where u.id = ($4::jsonb ->> 'user_id')::bigint),
      $4::jsonb ->> 'role', $5
    from step
  ), released as (
    select p.id, i.quantity
    from step join order_items i on i.order_id = step.id join products p on p.id = i.product_id
    where $6
    order by p.id for no key update of p
  ), stock as (
    update products p set stock = p.stock + released.quantity from released where p.id = released.id
  ), event as (
    insert into outbox_pending (type, at, day, actor, seller_id, client_id, order_id, metadata, payload)
    select $7, status_at, business_day(status_at), $4, seller_id, client_id, id, $8, $9 from step
  )
  select version, iso_utc(status_at) as at from step`;

/** Orders in PostgreSQL. */
export function createOrderRepository(pool: pg.Pool): OrderStore {
  return {
    async place({ client_id, idempotency_key, request_hash, lines, note }) {
      const placement = [
        client_id,
        idempotency_key,
        request_hash,
        lines.map((line) => line.product_id),
        lines.map((line) => line.quantity),
        note,
      ];
      try {
        const { rows } = await pool.query<{ result: PlacementResult }>(PLACE, placement);
        const result = rows[0]?.result;
        if (result === undefined) throw new Error("place_orders gave no answer");
        return result;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.constraint === "orders_total_limit")
          return { kind: "too_large" };
        throw error;
      }
    },

    async find(id, scope) {
      const { rows } = await pool.query<Document>(FIND, [scope.seller_id, scope.client_id, id]);
      return rows[0]?.document;
    },

    async list({ scope, status, before, limit }) {
      const { rows } = await pool.query<Document>(LIST, [scope.seller_id, scope.client_id, status, before, limit]);
      return rows.map((row) => row.document);
    },

    async step(order, { type, action, payload }, actor) {
      const { rows } = await pool.query<{ version: number; at: string }>(STEP, [
        order.id,
        order.version,
        payload.to,
        JSON.stringify(actor),
        payload.reason,
        releasesStock(payload.to),
        type,
        JSON.stringify({ action }),
        JSON.stringify(payload),
      ]);
      const written = rows[0];
      if (written === undefined) return undefined;
      const { to: status, reason } = payload;
      const entry = { status, at: written.at, by: actor.role, ...(reason === undefined ? {} : { reason }) };
      return {
        ...order,
        status,
        version: written.version,
        updated_at: written.at,
        history: [...order.history, entry],
      };
    },
  };
}
