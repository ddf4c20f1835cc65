import type { SellerDashboard } from "../statistics/sellerDashboard.ts";
import { builder } from "./builder.ts";
import { DayPointObject } from "./dayPoint.ts";
import { ComparedSpanObject } from "./comparedSpan.ts";
import { FiguresInterface, PeriodFigures } from "./figures.ts";
import type { Report } from "./loadReport.ts";
import { PeriodObject } from "./period.ts";
import { StatusCountObject } from "./statusCount.ts";

export const SellerDashboardStats = builder.objectRef<Report<SellerDashboard>>("SellerDashboardStats").implement({
  description: "One seller's period.",
  interfaces: [FiguresInterface],
  fields: (t) => ({
    sellerId: t.exposeID("sellerId"),
    period: t.expose("period", { type: PeriodObject }),
    pendingVerification: t.exposeInt("pendingVerification", {
      description: "Orders that wait for their payment to be verified now, of any day.",
    }),
    oldestPendingAt: t.exposeString("oldestPendingAt", {
      nullable: true,
      description: "Since when the oldest of them waits, ISO 8601 UTC.",
    }),
    lowStock: t.exposeInt("lowStock", { description: "Products at or below their threshold now." }),
    ordersByStatus: t.expose("ordersByStatus", { type: [StatusCountObject] }),
    series: t.expose("series", { type: [DayPointObject] }),
    previous: t.expose("previous", { type: PeriodFigures, description: "The same span of the period before." }),
    comparedWith: t.expose("comparedWith", { type: ComparedSpanObject }),
    previousSeries: t.expose("previousSeries", { type: [DayPointObject], description: "In whole days." }),
    asOf: t.exposeString("asOf", { description: "The seq up to which this is complete." }),
  }),
});
