import type pg from "pg";
import { type Change, changeSomething, type Marketplace } from "./randomMarketplace.ts";
import type { Random } from "./seededRandom.ts";

type Writing = {
  readonly pool: pg.Pool;
  readonly marketplace: Marketplace;
  readonly random: Random;
  readonly steps: number;
};

/**
 * One writer: transactions with pauses in them, of which some are rolled back. Calls back after each with what was
 * committed of it. A transaction that is the victim of a deadlock is left out.
 */
export async function writeRandomly(
  { pool, marketplace, random, steps }: Writing,
  onEnded: (committed: readonly Change[]) => void,
): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      const changes = [await changeSomething(client, marketplace, random)];
      if (random.next(3) === 0) await Bun.sleep(random.next(15));
      if (random.next(4) === 0) changes.push(await changeSomething(client, marketplace, random));
      const keep = random.next(5) !== 0;
      await client.query(keep ? "commit" : "rollback");
      onEnded(keep ? changes.filter((change) => change !== undefined) : []);
    } catch (error) {
      await client.query("rollback");
      if (!(error instanceof Error && "code" in error && error.code === "40P01")) throw error;
    } finally {
      client.release();
    }
  }
}
