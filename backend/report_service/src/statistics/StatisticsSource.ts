import type { Period } from "./Period.ts";
import type { ClientsAnswer, DaysAnswer, SellerDaysAnswer, SellerProductsAnswer, SellersAnswer } from "./rows.ts";

/** The longest range that one read may span, as the distance of its ends in days. */
export const MAX_READ_SPAN_DAYS = 400;

/** Where statistics rows come from, with the rights of one viewer. Every read ends in bounded time or rejects.
 * `until`: the business day of that instant is wanted up to then, besides. */
export interface StatisticsSource {
  sellerDays(sellerId: string, range: Period, until: string | null): Promise<SellerDaysAnswer>;
  sellerProducts(sellerId: string, range: Period, limit: number): Promise<SellerProductsAnswer>;
  days(range: Period, until: string | null): Promise<DaysAnswer>;
  sellers(range: Period, limit: number): Promise<SellersAnswer>;
  clients(range: Period, limit: number): Promise<ClientsAnswer>;
}
