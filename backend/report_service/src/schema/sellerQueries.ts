import { readBestProducts } from "../statistics/bestProducts.ts";
import { readSellerDashboard } from "../statistics/sellerDashboard.ts";
import { asSeller } from "./authorize.ts";
import { BestProductsObject } from "./bestProducts.ts";
import { builder } from "./builder.ts";
import { loadReport } from "./loadReport.ts";
import { comparisonOf, comparisonVariables, PeriodInput } from "./periodInput.ts";
import { refusal } from "./refusal.ts";
import { SellerDashboardStats } from "./sellerDashboardStats.ts";

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 50;

builder.queryFields((t) => {
  const sellerId = t.arg.id({ description: "A seller's own by default; an administrator must name one." });
  const period = t.arg({ type: PeriodInput });
  return {
    sellerDashboardStats: t.field({
      type: SellerDashboardStats,
      args: { sellerId, period },
      resolve: (_root, args, context) => {
        const access = asSeller(context, args.sellerId);
        const comparison = comparisonOf(context, args.period);
        return loadReport(context, {
          operation: "sellerDashboardStats",
          scope: access.scope,
          audience: `seller:${access.sellerId}`,
          variables: [access.sellerId, ...comparisonVariables(comparison)],
          read: () => readSellerDashboard(context.statistics, access.sellerId, comparison),
        });
      },
    }),
    sellerBestProducts: t.field({
      type: BestProductsObject,
      args: {
        sellerId,
        period,
        limit: t.arg.int({ defaultValue: DEFAULT_LIMIT, description: `From 1 to ${MAX_LIMIT}.` }),
      },
      resolve: (_root, args, context) => {
        const access = asSeller(context, args.sellerId);
        const { period } = comparisonOf(context, args.period);
        const limit = args.limit ?? DEFAULT_LIMIT;
        if (limit < 1 || limit > MAX_LIMIT) throw refusal("BAD_USER_INPUT", `limit is from 1 to ${MAX_LIMIT}.`);
        return loadReport(context, {
          operation: "sellerBestProducts",
          scope: access.scope,
          audience: `seller:${access.sellerId}`,
          variables: [access.sellerId, period.from, period.to, limit],
          read: () => readBestProducts(context.statistics, access.sellerId, period, limit),
        });
      },
    }),
  };
});
