import type { AdminClients, NewClientsPoint, TopClient } from "../statistics/adminClients.ts";
import { builder } from "./builder.ts";
import { CentsScalar } from "./cents.ts";
import { ComparedSpanObject } from "./comparedSpan.ts";
import { DateScalar } from "./date.ts";
import type { Report } from "./loadReport.ts";
import { PeriodObject } from "./period.ts";

const TopClientObject = builder.objectRef<TopClient>("TopClient").implement({
  fields: (t) => ({
    clientId: t.exposeID("clientId"),
    name: t.exposeString("name"),
    orders: t.exposeInt("orders", { description: "Paid orders in the period." }),
    netSales: t.expose("netSales", { type: CentsScalar }),
  }),
});

const NewClientsPointObject = builder.objectRef<NewClientsPoint>("NewClientsPoint").implement({
  fields: (t) => ({
    day: t.expose("day", { type: DateScalar }),
    newClients: t.exposeInt("newClients"),
  }),
});

const PreviousClients = builder.objectRef<AdminClients["previous"]>("PreviousClients").implement({
  fields: (t) => ({ newClients: t.exposeInt("newClients") }),
});

export const ClientStats = builder.objectRef<Report<AdminClients>>("ClientStats").implement({
  description: "Who buys.",
  fields: (t) => ({
    period: t.expose("period", { type: PeriodObject }),
    totalClients: t.exposeInt("totalClients", { description: "All registered clients, now." }),
    newClients: t.exposeInt("newClients", { description: "Clients who registered in the period." }),
    activeClients: t.exposeInt("activeClients", { description: "Clients with a paid order in the period." }),
    returningClients: t.exposeInt("returningClients", {
      description: "Active clients who had a paid order before the period too.",
    }),
    topClients: t.expose("topClients", { type: [TopClientObject], description: "By net sales, best first." }),
    series: t.expose("series", { type: [NewClientsPointObject] }),
    previous: t.expose("previous", { type: PreviousClients, description: "The same span of the period before." }),
    comparedWith: t.expose("comparedWith", { type: ComparedSpanObject }),
    asOf: t.exposeString("asOf", { description: "The seq up to which this is complete." }),
  }),
});
