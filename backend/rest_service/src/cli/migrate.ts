import { migrate } from "../infrastructure/persistence/migrate.ts";
import { runCli } from "./runCli.ts";

await runCli("migrate", async (pool) => {
  const applied = await migrate(pool);
  console.log(applied.length === 0 ? "the database is up to date" : `applied ${applied.join(", ")}`);
});
