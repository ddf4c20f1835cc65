import type { DayPoint } from "../statistics/daySeries.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";
import { DateScalar } from "./date.ts";

export const DayPointObject = builder.objectRef<DayPoint>("DayPoint").implement({
  description: "One day of a series. Days without orders are there, with zeros.",
  fields: (t) => ({
    day: t.expose("day", { type: DateScalar }),
    orders: t.exposeInt("orders"),
    netSales: t.expose("netSales", { type: CentsScalar }),
  }),
});
