import { type PeriodSearch, parsePeriodSearch } from "../../components/period.ts";
import type { Granularity } from "../../graphql/generated/documents.ts";

export const GRANULARITIES = ["DAY", "WEEK", "MONTH"] as const satisfies readonly Granularity[];

/** The admin dashboard as the address says it. */
export type AdminSearch = PeriodSearch & { readonly granularity?: Granularity };

export function parseAdminSearch(search: Readonly<Record<string, unknown>>): AdminSearch {
  const granularity = GRANULARITIES.find((name) => name === search["granularity"]);
  return {
    ...parsePeriodSearch(search),
    ...(granularity === undefined || granularity === "DAY" ? {} : { granularity }),
  };
}
