import { readAdminClients } from "../statistics/adminClients.ts";
import { readAdminDashboard } from "../statistics/adminDashboard.ts";
import { readAdminSales } from "../statistics/adminSales.ts";
import { AdminDashboardStats } from "./adminDashboardStats.ts";
import { asAdmin } from "./authorize.ts";
import { builder } from "./builder.ts";
import { ClientStats } from "./clientStats.ts";
import { loadReport } from "./loadReport.ts";
import { comparisonOf, comparisonVariables, PeriodInput } from "./periodInput.ts";
import { GranularityEnum, SalesSeries } from "./salesSeries.ts";

builder.queryFields((t) => {
  const period = t.arg({ type: PeriodInput });
  return {
    adminDashboardStats: t.field({
      type: AdminDashboardStats,
      args: { period },
      resolve: (_root, args, context) => {
        const scope = asAdmin(context);
        const comparison = comparisonOf(context, args.period);
        return loadReport(context, {
          operation: "adminDashboardStats",
          scope,
          audience: "admin",
          variables: [...comparisonVariables(comparison)],
          read: () => readAdminDashboard(context.statistics, comparison),
        });
      },
    }),
    adminSales: t.field({
      type: SalesSeries,
      args: { period, granularity: t.arg({ type: GranularityEnum, defaultValue: "DAY" }) },
      resolve: (_root, args, context) => {
        const scope = asAdmin(context);
        const comparison = comparisonOf(context, args.period);
        const granularity = args.granularity ?? "DAY";
        return loadReport(context, {
          operation: "adminSales",
          scope,
          audience: "admin",
          variables: [...comparisonVariables(comparison), granularity],
          read: () => readAdminSales(context.statistics, comparison, granularity),
        });
      },
    }),
    adminClients: t.field({
      type: ClientStats,
      args: { period },
      resolve: (_root, args, context) => {
        const scope = asAdmin(context);
        const comparison = comparisonOf(context, args.period);
        return loadReport(context, {
          operation: "adminClients",
          scope,
          audience: "admin",
          variables: [...comparisonVariables(comparison)],
          read: () => readAdminClients(context.statistics, comparison),
        });
      },
    }),
  };
});
