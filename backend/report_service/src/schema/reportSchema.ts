import "./sellerQueries.ts";
import "./adminQueries.ts";
import { lexicographicSortSchema, printSchema } from "graphql";
import { builder } from "./builder.ts";

builder.queryType({ description: "Statistics. Every answer says by asOf how far it is complete." });

export const reportSchema = builder.toSchema();

/** The schema as it is published in `docs/schema.graphql`. */
export function printReportSchema(): string {
  return `${printSchema(lexicographicSortSchema(reportSchema))}\n`;
}
