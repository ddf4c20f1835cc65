const DAY_SUMS = ["orders", "paid_orders", "net_sales", "units", "cancelled"] as const;

/**
 * The statistics tables that the sequencer keeps: which columns make the key of a row, with their types, and which
 * columns are sums. Everything that reads, writes, rebuilds or verifies rollups goes by this table.
 */
const ROLLUPS = {
  stats_seller_day: {
    key: { seller_id: "bigint", day: "date" },
    sums: DAY_SUMS,
  },
  stats_day: {
    key: { day: "date" },
    sums: [...DAY_SUMS, "new_clients"],
  },
  stats_seller_minute: {
    key: { seller_id: "bigint", day: "date", minute: "timestamptz" },
    sums: DAY_SUMS,
  },
  stats_minute: {
    key: { day: "date", minute: "timestamptz" },
    sums: [...DAY_SUMS, "new_clients"],
  },
  stats_product_day: {
    key: { seller_id: "bigint", day: "date", product_id: "bigint" },
    sums: ["units", "net_sales"],
  },
  stats_seller_day_status: {
    key: { seller_id: "bigint", day: "date", status: "text" },
    sums: ["orders"],
  },
  stats_day_status: {
    key: { day: "date", status: "text" },
    sums: ["orders"],
  },
  stats_client_day: {
    key: { day: "date", client_id: "bigint" },
    sums: ["paid_orders", "net_sales"],
  },
} as const;

export type RollupName = keyof typeof ROLLUPS;

type KeyOf<Name extends RollupName> = keyof (typeof ROLLUPS)[Name]["key"] & string;
type SumOf<Name extends RollupName> = (typeof ROLLUPS)[Name]["sums"][number];

type DeltaOf<Name extends RollupName> = {
  readonly rollup: Name;
  readonly key: Readonly<Record<KeyOf<Name>, string>>;
  readonly add: Readonly<Partial<Record<SumOf<Name>, number>>>;
};

/** What one event adds to one rollup row. A sum that is left out adds 0. */
export type Delta = { [Name in RollupName]: DeltaOf<Name> }[RollupName];

export const ROLLUP_NAMES = Object.keys(ROLLUPS) as readonly RollupName[];

/** The key columns of a rollup, in the order of its primary key. */
export function keyColumns(rollup: RollupName): readonly string[] {
  return Object.keys(ROLLUPS[rollup].key);
}

/** The sum columns of a rollup. */
export function sumColumns(rollup: RollupName): readonly string[] {
  return ROLLUPS[rollup].sums;
}

/** The PostgreSQL types of all columns, keys first. */
export function columnTypes(rollup: RollupName): readonly string[] {
  return [...Object.values(ROLLUPS[rollup].key), ...sumColumns(rollup).map(() => "bigint")];
}
