import { expect, test } from "bun:test";
import { rollupParameters, rollupUpserts } from "./rollupSql.ts";
import { columnTypes, ROLLUP_NAMES } from "./rollups.ts";
import { sumDeltas } from "./sumDeltas.ts";

const seller = (seller_id: string, orders: number) =>
  ({ rollup: "stats_seller_day", key: { seller_id, day: "2026-11-24" }, add: { orders } }) as const;

test("deltas of one row become one, in the order of the keys, even where they come to nothing", () => {
  const sums = sumDeltas([seller("2", 1), seller("1", 1), seller("2", 2), seller("1", -1)]);
  expect([...sums]).toEqual([
    [
      "stats_seller_day",
      [
        { key: ["1", "2026-11-24"], sums: [0, 0, 0, 0, 0] },
        { key: ["2", "2026-11-24"], sums: [3, 0, 0, 0, 0] },
      ],
    ],
  ]);
});

test("the upserts take as many parameters as there are", () => {
  const parameters = rollupParameters(sumDeltas([seller("1", 1)]));
  const numbers = rollupUpserts(3, (rollup) => rollup).match(/\$\d+/g);
  expect<readonly string[] | null>(numbers).toEqual(parameters.map((_, index) => `$${index + 3}`));
  expect(parameters).toHaveLength(ROLLUP_NAMES.flatMap(columnTypes).length);
});
