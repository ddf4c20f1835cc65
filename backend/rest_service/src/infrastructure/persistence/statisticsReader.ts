import type pg from "pg";
import type { StatisticsReader } from "../../application/StatisticsReader.ts";
import { readHead } from "../sequencer/eventLog.ts";
import { inSnapshot } from "./inSnapshot.ts";
import { readClientActivity, readSellerProducts, readTopSellers } from "./statisticsLists.ts";
import {
  readLowStock,
  readMarketDays,
  readMarketPart,
  readPendingVerification,
  readSellerDays,
  readSellerPart,
  readStatusDays,
} from "./statisticsDays.ts";

/** Statistics from the sequencer's rollups. Each answer comes from one REPEATABLE READ snapshot. */
export function createStatisticsReader(pool: pg.Pool): StatisticsReader {
  const answer = <Rows extends object>(read: (client: pg.PoolClient) => Promise<Rows>) =>
    inSnapshot(pool, async (client) => ({ as_of: await readHead(client), ...(await read(client)) }));
  return {
    sellerDays: (sellerId, { part_until, ...period }) =>
      answer(async (client) => ({
        days: await readSellerDays(client, sellerId, period),
        ...(part_until === undefined ? {} : { part: await readSellerPart(client, sellerId, part_until) }),
        status_days: await readStatusDays(client, period, sellerId),
        pending_verification: await readPendingVerification(client, sellerId),
        low_stock: await readLowStock(client, sellerId),
      })),
    sellerProducts: (sellerId, period, limit) =>
      answer(async (client) => ({ products: await readSellerProducts(client, sellerId, period, limit) })),
    marketDays: ({ part_until, ...period }) =>
      answer(async (client) => ({
        days: await readMarketDays(client, period),
        ...(part_until === undefined ? {} : { part: await readMarketPart(client, part_until) }),
        status_days: await readStatusDays(client, period),
        pending_verification: await readPendingVerification(client),
      })),
    topSellers: (period, limit) => answer((client) => readTopSellers(client, period, limit)),
    clientActivity: (period, limit) => answer((client) => readClientActivity(client, period, limit)),
  };
}
