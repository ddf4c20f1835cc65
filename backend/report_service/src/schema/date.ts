import { GraphQLError } from "graphql";
import { isDay } from "../statistics/day.ts";
import { builder } from "./builder.ts";

export const DateScalar = builder.scalarType("Date", {
  description: "A business day: a calendar day in America/Guayaquil, YYYY-MM-DD, from 2000 to 2099.",
  serialize: (day) => day,
  parseValue(value) {
    if (typeof value === "string" && isDay(value)) return value;
    throw new GraphQLError("A Date is a day of the calendar between 2000 and 2099, as YYYY-MM-DD.", {
      extensions: { code: "BAD_USER_INPUT" },
    });
  },
});
