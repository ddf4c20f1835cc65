import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createTestMarketplace, type TestMarketplace } from "../../testing/testMarketplace.ts";
import { createAccountAdministration } from "../persistence/accountAdministration.ts";
import { inSnapshot } from "../persistence/inSnapshot.ts";
import { createUserRepository } from "../persistence/userRepository.ts";
import { verifyStatistics } from "./verifyStatistics.ts";

let database: TestMarketplace;
beforeAll(async () => {
  database = await createTestMarketplace();
});
afterAll(() => database.close());
setDefaultTimeout(60_000);

test("who has registered as a client is counted as one whatever they become, and nobody else is", async () => {
  const client = await createUserRepository(database.pool).register({
    email: "luis@espigon.test",
    password_hash: "x",
    name: "Luis",
    shop: undefined,
  });
  const { rows } = await database.pool.query<{ id: string }>(
    "insert into users (email, password_hash, name, role) values ('a@espigon.test', 'x', 'A', 'ADMIN') returning id::text",
  );
  const accounts = createAccountAdministration(database.pool);
  const by = { user_id: "1", role: "ADMIN" as const };
  for (const role of ["ADMIN", "CLIENT", "ADMIN"] as const) {
    for (const id of [client?.id, rows[0]?.id]) {
      expect(await accounts.change(id ?? "", { role }, by)).toMatchObject({ kind: "changed" });
      expect((await inSnapshot(database.pool, verifyStatistics)).differences).toEqual([]);
    }
  }
});
