import type { AdminDashboard, AdminFigures, TopSeller } from "../statistics/adminDashboard.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";
import { ComparedSpanObject } from "./comparedSpan.ts";
import { FiguresInterface } from "./figures.ts";
import type { Report } from "./loadReport.ts";
import { PeriodObject } from "./period.ts";
import { StatusCountObject } from "./statusCount.ts";

const TopSellerObject = builder.objectRef<TopSeller>("TopSeller").implement({
  fields: (t) => ({
    sellerId: t.exposeID("sellerId"),
    name: t.exposeString("name"),
    orders: t.exposeInt("orders"),
    netSales: t.expose("netSales", { type: CentsScalar }),
  }),
});

const AdminFiguresObject = builder.objectRef<AdminFigures>("AdminFigures").implement({
  description: "The sums of a period over all sellers.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    newClients: t.exposeInt("newClients", { description: "Clients who registered in the period." }),
  }),
});

export const AdminDashboardStats = builder.objectRef<Report<AdminDashboard>>("AdminDashboardStats").implement({
  description: "The whole marketplace's period.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    period: t.expose("period", { type: PeriodObject }),
    activeSellers: t.exposeInt("activeSellers", {
      description: "Sellers with an order placed or paid in the period.",
    }),
    newClients: t.exposeInt("newClients", { description: "Clients who registered in the period." }),
    pendingVerification: t.exposeInt("pendingVerification", {
      description: "Orders that wait for their payment to be verified now, of any day.",
    }),
    oldestPendingAt: t.exposeString("oldestPendingAt", {
      nullable: true,
      description: "Since when the oldest of them waits, ISO 8601 UTC.",
    }),
    ordersByStatus: t.expose("ordersByStatus", { type: [StatusCountObject] }),
    topSellers: t.expose("topSellers", { type: [TopSellerObject], description: "By net sales, best first." }),
    previous: t.expose("previous", { type: AdminFiguresObject, description: "The same span of the period before." }),
    comparedWith: t.expose("comparedWith", { type: ComparedSpanObject }),
    asOf: t.exposeString("asOf", { description: "The seq up to which this is complete." }),
  }),
});
