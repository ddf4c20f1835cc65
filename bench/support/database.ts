import pg from "pg";

export type BenchDatabase = {
  readonly url: string;
  readonly version: string;
  query(statement: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
};

/**
 * An empty database of its own on the server of `TEST_DATABASE_URL` or `DATABASE_URL`; what else lies on that server
 * is not touched.
 */
export async function createBenchDatabase(): Promise<BenchDatabase> {
  const server = process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"];
  if (server === undefined) {
    console.error("Set DATABASE_URL to a PostgreSQL server on which databases may be created.");
    process.exit(1);
  }
  const name = `espigon_bench_${process.pid}_${Date.now()}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const [row] = await rowsOf(server, "select current_setting('server_version') as version");
  await rowsOf(server, `create database ${name}`);
  return {
    url: url.href,
    version: String(row?.["version"]),
    query: (statement) => rowsOf(url.href, statement),
    async drop() {
      await rowsOf(server, `drop database if exists ${name} with (force)`);
    },
  };
}

async function rowsOf(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
