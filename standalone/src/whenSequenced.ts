import pg from "pg";

const DEADLINE_MS = 10_000;

/** Waits (10 s at most) until the sequencer has taken up all that is in the outbox, so that the first figures are whole. */
export async function whenSequenced(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; await Bun.sleep(20)) {
      const { rowCount } = await client.query("select from outbox_pending limit 1");
      if (rowCount === 0) return;
    }
  } finally {
    await client.end();
  }
}
