import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { CompiledQuery, Kysely, PostgresDialect } from "kysely";
import { type MigrationProvider, Migrator } from "kysely/migration";
import type pg from "pg";

const MIGRATIONS = fileURLToPath(new URL("../../../migrations/", import.meta.url));

/** The `.sql` files of `migrations/`, by name without ending. Each is applied once and never edited afterwards. */
const sqlFiles: MigrationProvider = {
  async getMigrations() {
    const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql"));
    const migrations = names.map(async (name) => {
      const text = await readFile(new URL(name, `file://${MIGRATIONS}`), "utf8");
      return [name.slice(0, -".sql".length), { up: (db: Kysely<unknown>) => run(db, text) }] as const;
    });
    return Object.fromEntries(await Promise.all(migrations));
  },
};

async function run(db: Kysely<unknown>, text: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(text));
}

/**
 * Brings the database to the newest schema: all in one transaction, under a lock, so that many instances may start at
 * once; nothing happens when it is there already. The pool stays open.
 * @returns the names of the migrations that were applied @throws when one fails, with no effect, or when the database
 * is newer than this program.
 */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  const { error, results } = await migratorOf(pool).migrateToLatest();
  if (error !== undefined) {
    throw new Error(
      `the database could not be migrated: ${error instanceof Error ? error.message : "unknown reason"}`,
      {
        cause: error,
      },
    );
  }
  return (results ?? []).map((result) => result.migrationName);
}

function migratorOf(pool: pg.Pool): Migrator {
  return new Migrator({ db: new Kysely({ dialect: new PostgresDialect({ pool }) }), provider: sqlFiles });
}
