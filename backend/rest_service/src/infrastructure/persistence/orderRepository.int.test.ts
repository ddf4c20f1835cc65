import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { decideOrderStep } from "../../domain/decideOrderStep.ts";
import { openMarketplace } from "../../testing/randomMarketplace.ts";
import { silentLogger } from "../../testing/silentLogger.ts";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { createOrderRepository } from "./orderRepository.ts";
import { createPool } from "./createPool.ts";

setDefaultTimeout(60_000);

let database: TestMarketplace;
beforeAll(async () => {
  database = await createTestMarketplace();
  await openMarketplace(database.pool, { sellers: 1, clients: 1 });
});
afterAll(() => database.close());

/** Connections made from now on read this instant from a clock that stands before the database's own. */
async function stopClock(at: string): Promise<void> {
  await database.pool.query(`
    create schema if not exists stopped;
    create or replace function stopped.clock_timestamp() returns timestamptz language sql as $$ select '${at}'::timestamptz $$;
    do $$ begin
      execute format('alter database %I set search_path = stopped, pg_catalog, public', current_database());
    end $$;
  `);
}

test.each([
  ["2026-11-03T04:59:59.999Z", "2026-11-02"],
  ["2026-11-03T05:00:00.000Z", "2026-11-03"],
])("a step at %s belongs to the business day %s in Guayaquil", async (at, day) => {
  const placed = await createOrderRepository(database.pool).place({
    client_id: "1",
    idempotency_key: at,
    request_hash: new Uint8Array(32),
    lines: [{ product_id: "1", quantity: 1 }],
    note: undefined,
  });
  if (placed.kind !== "placed" || placed.orders[0] === undefined) throw new Error(`not placed: ${placed.kind}`);
  const [order] = placed.orders;
  const actor = { user_id: "1", role: "CLIENT" } as const;
  const decision = decideOrderStep(order, { to: "cancelled", actor, reason: "no" });
  if (decision.kind !== "step") throw new Error(`not decided: ${decision.kind}`);
  await stopClock(at);
  const pool = createPool({ url: database.url, applicationName: "stopped clock", max: 1, logger: silentLogger });
  await createOrderRepository(pool).step(order, decision, actor);
  await pool.end();
  const { rows } = await database.pool.query<{ day: string; at: Date }>(
    "select day, at from outbox_pending where order_id = $1 and type = 'ORDER_CANCELLED'",
    [order.id],
  );
  expect(rows.map((row) => [row.at.toISOString(), row.day])).toEqual([[at, day]]);
});
