import type { Period } from "../statistics/Period.ts";
import { builder } from "./builder.ts";
import { DateScalar } from "./date.ts";

export const PeriodObject = builder.objectRef<Period>("Period").implement({
  description: "A range of business days; both ends belong to it.",
  fields: (t) => ({
    from: t.expose("from", { type: DateScalar }),
    to: t.expose("to", { type: DateScalar }),
  }),
});
