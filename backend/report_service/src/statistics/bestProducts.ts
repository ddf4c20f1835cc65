import type { Versioned } from "../cache/VersionedCache.ts";
import type { Period } from "./Period.ts";
import type { StatisticsSource } from "./StatisticsSource.ts";

/** `netSales` in cents, `units` in the product's unit. */
export type BestProduct = {
  readonly productId: string;
  readonly name: string;
  readonly unit: string;
  readonly units: number;
  readonly netSales: number;
};
export type BestProducts = { readonly products: readonly BestProduct[] };

/** The seller's products by net sales in the period, best first. */
export async function readBestProducts(
  source: StatisticsSource,
  sellerId: string,
  period: Period,
  limit: number,
): Promise<Versioned<BestProducts>> {
  const { as_of, products } = await source.sellerProducts(sellerId, period, limit);
  return {
    asOf: as_of,
    value: {
      products: products.map(({ product_id, name, unit, units, net_sales }) => ({
        productId: product_id,
        name,
        unit,
        units,
        netSales: net_sales,
      })),
    },
  };
}
