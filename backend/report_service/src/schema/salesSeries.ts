import type { AdminSales } from "../statistics/adminSales.ts";
import { GRANULARITIES, type SalesPoint } from "../statistics/salesSeries.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";
import { ComparedSpanObject } from "./comparedSpan.ts";
import { DateScalar } from "./date.ts";
import { PeriodFigures } from "./figures.ts";
import type { Report } from "./loadReport.ts";
import { PeriodObject } from "./period.ts";

export const GranularityEnum = builder.enumType("Granularity", {
  description: "What one point of a series spans; weeks begin on Monday.",
  values: GRANULARITIES,
});

const SalesPointObject = builder.objectRef<SalesPoint>("SalesPoint").implement({
  description: "All that falls into one day, week or month, within the period.",
  fields: (t) => ({
    start: t.expose("start", { type: DateScalar, description: "Its first day within the period." }),
    orders: t.exposeInt("orders"),
    netSales: t.expose("netSales", { type: CentsScalar }),
  }),
});

export const SalesSeries = builder.objectRef<Report<AdminSales>>("SalesSeries").implement({
  description: "The marketplace's sales over the period.",
  fields: (t) => ({
    period: t.expose("period", { type: PeriodObject }),
    granularity: t.expose("granularity", { type: GranularityEnum }),
    points: t.expose("points", { type: [SalesPointObject] }),
    previousPoints: t.expose("previousPoints", {
      type: [SalesPointObject],
      description: "The period before, in whole days; it may touch one week or month more or less.",
    }),
    totals: t.expose("totals", { type: PeriodFigures }),
    previous: t.expose("previous", { type: PeriodFigures, description: "The same span of the period before." }),
    comparedWith: t.expose("comparedWith", { type: ComparedSpanObject }),
    asOf: t.exposeString("asOf", { description: "The seq up to which this is complete." }),
  }),
});
