import type { Period } from "../statistics/Period.ts";
import {
  ClientsAnswer,
  DaysAnswer,
  SellerDaysAnswer,
  SellerProductsAnswer,
  SellersAnswer,
} from "../statistics/rows.ts";
import type { StatisticsSource } from "../statistics/StatisticsSource.ts";
import type { RestReader, RestViewer } from "./createRestReader.ts";

/** The statistics of rest_service, as one viewer may see them. */
export function restStatistics(reader: RestReader, viewer: RestViewer): StatisticsSource {
  return {
    sellerDays: (sellerId, range) =>
      reader.read(SellerDaysAnswer, pathOf(["sellers", sellerId, "days"], range), viewer),
    sellerProducts: (sellerId, range, limit) =>
      reader.read(SellerProductsAnswer, pathOf(["sellers", sellerId, "products"], range, limit), viewer),
    days: (range) => reader.read(DaysAnswer, pathOf(["days"], range), viewer),
    sellers: (range, limit) => reader.read(SellersAnswer, pathOf(["sellers"], range, limit), viewer),
    clients: (range, limit) => reader.read(ClientsAnswer, pathOf(["clients"], range, limit), viewer),
  };
}

function pathOf(segments: readonly string[], { from, to }: Period, limit?: number): string {
  const query = new URLSearchParams({ from, to, ...(limit === undefined ? {} : { limit: String(limit) }) });
  return `/internal/stats/${segments.map(encodeURIComponent).join("/")}?${query}`;
}
