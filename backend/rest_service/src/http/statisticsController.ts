import type { Principal } from "@espigon/event_contracts";
import { createRoute } from "@hono/zod-openapi";
import type { StatisticsReader } from "../application/StatisticsReader.ts";
import { createRouter } from "./createRouter.ts";
import { refusals } from "./refusals.ts";
import type { RequireRole } from "./requireRole.ts";
import { answers, BEARER, refuses } from "./responses.ts";
import {
  ClientActivityAnswer,
  MarketDaysAnswer,
  DaysQuery,
  RankingQuery,
  SellerDaysAnswer,
  SellerParams,
  SellerProductsAnswer,
  TopSellersAnswer,
} from "./schemas/statisticsSchemas.ts";

/** The rows from which report_service makes figures, read with the viewer's own token. */
export function createStatisticsController(deps: { statistics: StatisticsReader; requireRole: RequireRole }) {
  const { statistics } = deps;
  const common = { method: "get" as const, tags: ["statistics"], security: BEARER };
  const ofSeller = { ...common, middleware: deps.requireRole("SELLER", "ADMIN") };
  const ofMarket = { ...common, middleware: deps.requireRole("ADMIN") };
  const router = createRouter();

  const sellerDaysRoute = createRoute({
    ...ofSeller,
    path: "/internal/stats/sellers/{seller_id}/days",
    summary: "A seller's days",
    request: { params: SellerParams, query: DaysQuery },
    responses: { 200: answers(SellerDaysAnswer, "Ascending by day"), ...refuses(400, 401, 403, 404) },
  });
  router.openapi(sellerDaysRoute, async (context) => {
    const { seller_id } = context.req.valid("param");
    refuseOtherSeller(context.get("principal"), seller_id);
    return context.json(await statistics.sellerDays(seller_id, context.req.valid("query")), 200);
  });

  const sellerProductsRoute = createRoute({
    ...ofSeller,
    path: "/internal/stats/sellers/{seller_id}/products",
    summary: "A seller's best products",
    request: { params: SellerParams, query: RankingQuery },
    responses: { 200: answers(SellerProductsAnswer, "Best first by net sales"), ...refuses(400, 401, 403, 404) },
  });
  router.openapi(sellerProductsRoute, async (context) => {
    const { seller_id } = context.req.valid("param");
    const { limit, ...period } = context.req.valid("query");
    refuseOtherSeller(context.get("principal"), seller_id);
    return context.json(await statistics.sellerProducts(seller_id, period, limit), 200);
  });

  const marketDaysRoute = createRoute({
    ...ofMarket,
    path: "/internal/stats/days",
    summary: "The whole market's days",
    request: { query: DaysQuery },
    responses: { 200: answers(MarketDaysAnswer, "Ascending by day"), ...refuses(400, 401, 403) },
  });
  router.openapi(marketDaysRoute, async (context) =>
    context.json(await statistics.marketDays(context.req.valid("query")), 200),
  );

  const topSellersRoute = createRoute({
    ...ofMarket,
    path: "/internal/stats/sellers",
    summary: "The best sellers",
    request: { query: RankingQuery },
    responses: { 200: answers(TopSellersAnswer, "Best first by net sales"), ...refuses(400, 401, 403) },
  });
  router.openapi(topSellersRoute, async (context) => {
    const { limit, ...period } = context.req.valid("query");
    return context.json(await statistics.topSellers(period, limit), 200);
  });

  const clientActivityRoute = createRoute({
    ...ofMarket,
    path: "/internal/stats/clients",
    summary: "What clients did",
    request: { query: RankingQuery },
    responses: { 200: answers(ClientActivityAnswer, "Best first by net sales"), ...refuses(400, 401, 403) },
  });
  router.openapi(clientActivityRoute, async (context) => {
    const { limit, ...period } = context.req.valid("query");
    return context.json(await statistics.clientActivity(period, limit), 200);
  });

  return router;
}

function refuseOtherSeller(principal: Principal, sellerId: string): void {
  if (principal.role === "SELLER" && principal.seller_id !== sellerId) throw refusals.notFound();
}
