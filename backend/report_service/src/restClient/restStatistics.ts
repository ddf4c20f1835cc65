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
    sellerDays: (sellerId, range, until) =>
      reader.read(SellerDaysAnswer, pathOf(["sellers", sellerId, "days"], { ...range, ...partUntil(until) }), viewer),
    sellerProducts: (sellerId, range, limit) =>
      reader.read(SellerProductsAnswer, pathOf(["sellers", sellerId, "products"], { ...range, limit }), viewer),
    days: (range, until) => reader.read(DaysAnswer, pathOf(["days"], { ...range, ...partUntil(until) }), viewer),
    sellers: (range, limit) => reader.read(SellersAnswer, pathOf(["sellers"], { ...range, limit }), viewer),
    clients: (range, limit) => reader.read(ClientsAnswer, pathOf(["clients"], { ...range, limit }), viewer),
  };
}

type Query = Period & { readonly limit?: number; readonly part_until?: string };

function partUntil(until: string | null): { readonly part_until?: string } {
  return until === null ? {} : { part_until: until };
}

function pathOf(segments: readonly string[], query: Query): string {
  const values = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `/internal/stats/${segments.map(encodeURIComponent).join("/")}?${new URLSearchParams(values)}`;
}
