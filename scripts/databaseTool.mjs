// Runs an administration program on DATABASE_URL or, when that is unset, on the database of the running `npm start`:
// node scripts/databaseTool.mjs <file> [arguments]
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bunPath, repositoryRoot } from "./lib/bunPath.mjs";
import { runScript } from "./lib/refusal.mjs";
import { runChild } from "./lib/runChild.mjs";
import { setUp } from "./lib/setUp.mjs";

await runScript(() => {
  setUp();
  const kept = join(process.env.DATA_DIR ?? join(repositoryRoot, ".data"), "database-url");
  const url = process.env.DATABASE_URL ?? (existsSync(kept) ? readFileSync(kept, "utf8") : undefined);
  const env = url === undefined ? process.env : { ...process.env, DATABASE_URL: url };
  return runChild(bunPath(), process.argv.slice(2), { env });
});
