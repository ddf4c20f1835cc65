import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { DomainEvent } from "@espigon/event_contracts";
import { migrate } from "@espigon/rest_service";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/testDatabase.ts";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "./people.ts";
import { seedDemo } from "./seedDemo.ts";

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  await migrate(pool);
  expect(await seedDemo(pool)).toBe(true);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function count(text: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(`select count(*) from ${text}`);
  return Number(rows[0]?.count);
}

describe("the demo data", () => {
  test("tell every step of every order by a valid event, in the order of time", async () => {
    const { rows } = await pool.query(
      `select type, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, to_char(day, 'YYYY-MM-DD') as day,
         actor, seller_id::text, client_id::text, order_id::int, metadata, payload
       from outbox_pending order by id`,
    );
    for (const row of rows) {
      const event: object = row;
      DomainEvent.parse(Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null)));
    }
    const instants = rows.map((row: { at: string }) => row.at);
    expect(instants).toEqual(instants.toSorted());
    expect(await count("outbox_pending where order_id is not null")).toBe(await count("order_history"));
    expect(await count("outbox_pending where type = 'CLIENT_REGISTERED'")).toBe(
      DEMO_PEOPLE.filter((person) => person.role === "CLIENT").length,
    );
  });

  test("agree with themselves: totals, present states and versions", async () => {
    const wrongTotals = `(select o.id from orders o join order_items i on i.order_id = o.id
      group by o.id having o.subtotal <> sum(i.line_total)) wrong`;
    const wrongStates = `orders o join order_history h on h.order_id = o.id and h.version = o.version
      where h.status <> o.status or h.at <> o.status_at`;
    expect(await count(wrongTotals)).toBe(0);
    expect(await count(wrongStates)).toBe(0);
    expect(await count("orders where placed_day <> business_day(placed_at)")).toBe(0);
  });

  test("let the demo accounts in by the demo password", async () => {
    const { rows } = await pool.query<{ password_hash: string }>("select password_hash from users where id = 1");
    expect(await Bun.password.verify(DEMO_PASSWORD, rows[0]?.password_hash ?? "")).toBe(true);
  });

  test("are not given to a database that has users already, and are known again", async () => {
    const before = await count("orders");
    expect(await seedDemo(pool)).toBe(true);
    expect(await count("orders")).toBe(before);
    await pool.query("update users set email = 'someone@else.test' where id = 1");
    expect(await seedDemo(pool)).toBe(false);
  });

  test("leave the ids free for what comes next", async () => {
    const inserted = await pool.query<{ id: string }>(
      "insert into users (email, password_hash, name, role) values ('new@else.test', 'x', 'New', 'CLIENT') returning id",
    );
    expect(Number(inserted.rows[0]?.id)).toBe(DEMO_PEOPLE.length + 1);
  });
});
