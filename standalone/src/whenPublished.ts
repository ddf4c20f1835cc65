import type { Broker } from "@espigon/event_feed";
import pg from "pg";

const DEADLINE_MS = 30_000;

/**
 * Waits (30 s at most) until all that is in the outbox has its number and is in the broker: the first figures are whole
 * then, and who listens from then on is not told the past as news.
 */
export async function whenPublished(url: string, broker: Pick<Broker, "lastSeq">): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; await Bun.sleep(20)) {
      const { rows } = await client.query<{ head: string; waiting: boolean }>(
        "select seq as head, exists (select from outbox_pending) as waiting from event_head",
      );
      const published = await broker.lastSeq().catch(() => -1);
      if (rows.every(({ head, waiting }) => !waiting && published >= Number(head))) return;
    }
  } finally {
    await client.end();
  }
}
