import type { Figures } from "../statistics/figures.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";

/** Sums of one period: what every dashboard shows, now and for the period before. */
export const FiguresInterface = builder.interfaceRef<Figures>("Figures").implement({
  description: "Sums of one period.",
  fields: (t) => ({
    orders: t.exposeInt("orders", { description: "Orders placed in the period, in whatever state they are now." }),
    paidOrders: t.exposeInt("paidOrders", {
      description: "Orders whose payment was confirmed in the period, less paid ones that were cancelled in it.",
    }),
    netSales: t.expose("netSales", {
      type: CentsScalar,
      description: "Subtotals of orders paid in the period, less those cancelled in it.",
    }),
    averageTicket: t.expose("averageTicket", {
      type: CentsScalar,
      description: "netSales by paidOrders, rounded; 0 when none was paid.",
    }),
    unitsSold: t.exposeInt("unitsSold", { description: "Units in the orders that netSales counts." }),
    cancelled: t.exposeInt("cancelled", { description: "Orders cancelled or expired in the period." }),
  }),
});

export const PeriodFigures = builder.objectRef<Figures>("PeriodFigures").implement({
  description: "The sums of a period and nothing else.",
  interfaces: [FiguresInterface],
});
