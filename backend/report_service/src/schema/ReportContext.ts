import type { TokenVerdict } from "@espigon/service_kit";
import type { VersionedCache } from "../cache/VersionedCache.ts";
import type { StatisticsSource } from "../statistics/StatisticsSource.ts";

/** What resolvers know of one request. */
export type ReportContext = {
  readonly requestId: string;
  readonly verdict: TokenVerdict | { readonly kind: "missing" };
  /** The header `x-min-seq`: 0 when absent, undefined when it is not a seq. */
  readonly floor: number | undefined;
  /** When the request came. */
  readonly now: Date;
  /** Rows as the viewer may see them. */
  readonly statistics: StatisticsSource;
  readonly cache: VersionedCache;
};
