// Runs an administration program on DATABASE_URL or, when that is unset, on the database of the running `npm start`:
// node scripts/databaseTool.mjs <file> [--data DIR] [arguments]. DIR is what `npm start` was given.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bunPath, repositoryRoot } from "./lib/bunPath.mjs";
import { Refusal, runScript } from "./lib/refusal.mjs";
import { runChild } from "./lib/runChild.mjs";
import { setUp } from "./lib/setUp.mjs";

await runScript(async () => {
  await setUp();
  const args = process.argv.slice(2);
  const url = process.env.DATABASE_URL ?? urlOfStandalone(takeData(args));
  return runChild(bunPath(), args, { env: { ...process.env, DATABASE_URL: url } });
});

/** The folder that the arguments name, which are then without it. Relative: from where the command was typed. */
function takeData(args) {
  const at = args.indexOf("--data");
  const [, named] = at < 0 ? [] : args.splice(at, 2);
  const folder = named ?? process.env.DATA_DIR ?? join(repositoryRoot, ".data");
  return resolve(process.env.INIT_CWD ?? process.cwd(), folder);
}

function urlOfStandalone(folder) {
  const kept = join(folder, "database-url");
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  throw new Refusal(
    `no npm start runs on ${folder}: start it, name another folder with --data DIR, or set DATABASE_URL`,
  );
}
