import type { ComparedSpan } from "../statistics/Comparison.ts";
import { builder } from "./builder.ts";
import { DateScalar } from "./date.ts";

export const ComparedSpanObject = builder.objectRef<ComparedSpan>("ComparedSpan").implement({
  description: "What `previous` stands for: the same span of the period before, since a period may not be over yet.",
  fields: (t) => ({
    from: t.expose("from", { type: DateScalar }),
    to: t.expose("to", { type: DateScalar, description: "The last day; it belongs to the span." }),
    until: t.exposeString("until", {
      nullable: true,
      description: "Up to when the last day counts, ISO 8601 UTC: the present time of day. Null when all of it does.",
    }),
  }),
});
