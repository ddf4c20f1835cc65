import pg from "pg";

export type TestDatabase = {
  /** Connection string of an empty database of its own. */
  readonly url: string;
  drop(): Promise<void>;
};

/**
 * Creates an empty database on the PostgreSQL server that `npm test` starts (`TEST_DATABASE_URL`).
 * Drop it in `afterAll`; whoever is still connected then is cut off.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env["TEST_DATABASE_URL"];
  if (server === undefined) throw new Error("TEST_DATABASE_URL is not set: run the tests by `npm test`");
  const name = `espigon_test_${crypto.randomUUID().replaceAll("-", "")}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `drop database if exists ${name} with (force)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
