/** Business days, both inclusive, `YYYY-MM-DD`, `from` ≤ `to`. */
export type Period = { readonly from: string; readonly to: string };

/** The seq up to which an answer is complete: it contains every event numbered so far, and may contain later ones. */
type AsOf = { readonly as_of: number };

/** With `part_until`, an instant in ISO 8601: its business day is counted up to its minute besides. */
export type DaysQuery = Period & { readonly part_until?: string | undefined };

/** One business day's sums. Money in cents; days without any change are left out. */
export type DayRow = {
  readonly day: string;
  /** Placed on this day, whatever became of them. */
  readonly orders: number;
  /** Came to count on this day, minus those that ceased to; may be negative, as may `net_sales` and `units`. */
  readonly paid_orders: number;
  readonly net_sales: number;
  readonly units: number;
  /** Cancelled or expired on this day. */
  readonly cancelled: number;
};

/** Orders placed on `day` that are in `status` now. */
export type StatusDayRow = { readonly day: string; readonly status: string; readonly orders: number };

/** Orders in `payment_submitted` now, of any day. `oldest_at`: when the oldest entered it, ISO 8601 UTC. */
export type PendingVerification = { readonly count: number; readonly oldest_at: string | null };

export type SellerDays = AsOf & {
  readonly days: readonly DayRow[];
  /** The day of `part_until`, without anything of that minute or later; absent when it was not asked for. */
  readonly part?: DayRow;
  readonly status_days: readonly StatusDayRow[];
  readonly pending_verification: PendingVerification;
  /** Products at or below their threshold now. */
  readonly low_stock: number;
};

export type SellerProducts = AsOf & {
  readonly products: readonly {
    readonly product_id: string;
    readonly name: string;
    readonly unit: string;
    readonly units: number;
    readonly net_sales: number;
  }[];
};

export type MarketDayRow = DayRow & { readonly new_clients: number };

export type MarketDays = AsOf & {
  readonly days: readonly MarketDayRow[];
  /** As in `SellerDays`. */
  readonly part?: MarketDayRow;
  readonly status_days: readonly StatusDayRow[];
  readonly pending_verification: PendingVerification;
};

export type TopSellers = AsOf & {
  /** Sellers with an order placed or paid in the period. */
  readonly active_sellers: number;
  readonly sellers: readonly {
    readonly seller_id: string;
    readonly name: string;
    readonly orders: number;
    readonly net_sales: number;
  }[];
};

export type ClientActivity = AsOf & {
  /** All that ever registered. */
  readonly total_clients: number;
  /** With at least one order that came to count in the period. */
  readonly active_clients: number;
  /** Active ones that already had one before the period. */
  readonly returning_clients: number;
  readonly clients: readonly {
    readonly client_id: string;
    readonly name: string;
    readonly paid_orders: number;
    readonly net_sales: number;
  }[];
  readonly days: readonly { readonly day: string; readonly new_clients: number }[];
};

/**
 * Reads the statistics that the sequencer keeps. Each answer comes from one snapshot of the database, costs
 * O(days of the period) and not O(orders); rows ascend by day, `limit`ed lists descend by net sales. Who may read
 * what is for the caller to decide.
 */
export interface StatisticsReader {
  sellerDays(sellerId: string, query: DaysQuery): Promise<SellerDays>;
  sellerProducts(sellerId: string, period: Period, limit: number): Promise<SellerProducts>;
  marketDays(query: DaysQuery): Promise<MarketDays>;
  topSellers(period: Period, limit: number): Promise<TopSellers>;
  clientActivity(period: Period, limit: number): Promise<ClientActivity>;
}
