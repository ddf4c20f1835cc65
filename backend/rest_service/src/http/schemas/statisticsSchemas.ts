import { z } from "@hono/zod-openapi";
import { IdText } from "./fields.ts";

/** The longest period of one request, in days. */
const MAX_DAYS = 400;
const DAY_MS = 86_400_000;

// Wider than what report_service lets people ask for, since it also reads the period before.
const Day = z.iso.date().refine((day) => day >= "1900-01-01" && day <= "2199-12-31", "must be a day of our time");

const fields = { from: Day, to: Day };

function isPeriod({ from, to }: { from: string; to: string }): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  return days >= 0 && days <= MAX_DAYS;
}

const PERIOD_FAULT = `from must not be after to, nor more than ${MAX_DAYS} days before it`;

const IN_OUR_TIME = /^(19|20|21)\d{2}-/;

/** Business days, both inclusive, and an instant up to whose minute its business day is counted besides. */
export const DaysQuery = z
  .object({
    ...fields,
    part_until: z.iso.datetime().regex(IN_OUR_TIME, "must be an instant of our time").optional(),
  })
  .refine(isPeriod, PERIOD_FAULT);

export const RankingQuery = z
  .object({ ...fields, limit: z.coerce.number().int().min(1).max(100).default(10) })
  .refine(isPeriod, PERIOD_FAULT);

export const SellerParams = z.object({ seller_id: IdText });

const as_of = z.int();
const dayRow = {
  day: z.string(),
  orders: z.int(),
  paid_orders: z.int(),
  net_sales: z.int(),
  units: z.int(),
  cancelled: z.int(),
};
const marketDayRow = z.object({ ...dayRow, new_clients: z.int() });
const statusDays = z.array(z.object({ day: z.string(), status: z.string(), orders: z.int() })).readonly();
const pendingVerification = z.object({ count: z.int(), oldest_at: z.string().nullable() });

export const SellerDaysAnswer = z
  .object({
    as_of,
    days: z.array(z.object(dayRow)).readonly(),
    part: z.object(dayRow).optional(),
    status_days: statusDays,
    pending_verification: pendingVerification,
    low_stock: z.int(),
  })
  .meta({ id: "SellerDays" });

export const SellerProductsAnswer = z
  .object({
    as_of,
    products: z
      .array(
        z.object({ product_id: z.string(), name: z.string(), unit: z.string(), units: z.int(), net_sales: z.int() }),
      )
      .readonly(),
  })
  .meta({ id: "SellerProducts" });

export const MarketDaysAnswer = z
  .object({
    as_of,
    days: z.array(marketDayRow).readonly(),
    part: marketDayRow.optional(),
    status_days: statusDays,
    pending_verification: pendingVerification,
  })
  .meta({ id: "MarketDays" });

export const TopSellersAnswer = z
  .object({
    as_of,
    active_sellers: z.int(),
    sellers: z
      .array(z.object({ seller_id: z.string(), name: z.string(), orders: z.int(), net_sales: z.int() }))
      .readonly(),
  })
  .meta({ id: "TopSellers" });

export const ClientActivityAnswer = z
  .object({
    as_of,
    total_clients: z.int(),
    active_clients: z.int(),
    returning_clients: z.int(),
    clients: z
      .array(z.object({ client_id: z.string(), name: z.string(), paid_orders: z.int(), net_sales: z.int() }))
      .readonly(),
    days: z.array(z.object({ day: z.string(), new_clients: z.int() })).readonly(),
  })
  .meta({ id: "ClientActivity" });
