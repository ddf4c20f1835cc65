import type pg from "pg";
import type { OrderStore } from "../../../backend/rest_service/src/application/OrderStore.ts";
import { createPool } from "../../../backend/rest_service/src/infrastructure/persistence/createPool.ts";
import { createOrderRepository } from "../../../backend/rest_service/src/infrastructure/persistence/orderRepository.ts";
import { silentLogger } from "../../../backend/rest_service/src/testing/silentLogger.ts";
import type { FaultDatabase } from "../cluster/FaultDatabase.ts";

const CONNECTIONS = 8;

/** The orders as rest_service keeps them, without a proxy between; a killed server is found again. */
export function directOrders(database: FaultDatabase): { orders: () => OrderStore; stop: () => Promise<void> } {
  let url = "";
  let pool: pg.Pool | undefined;
  let orders: OrderStore;
  return {
    orders() {
      if (pool === undefined || url !== database.url()) {
        void pool?.end();
        url = database.url();
        pool = createPool({ url, applicationName: "bulk lane", logger: silentLogger, max: CONNECTIONS });
        orders = createOrderRepository(pool);
      }
      return orders;
    },
    async stop() {
      await pool?.end();
    },
  };
}
