export type WantedLine = { readonly product_id: string; readonly quantity: number };

/** The most of one product that one checkout may take, in units of the product. */
export const MAX_QUANTITY = 10_000;

/** One line per product, in the order of first mention; `undefined` when a sum passes `MAX_QUANTITY`. */
export function mergeLines(lines: readonly WantedLine[]): readonly WantedLine[] | undefined {
  const quantities = new Map<string, number>();
  for (const { product_id, quantity } of lines) {
    quantities.set(product_id, (quantities.get(product_id) ?? 0) + quantity);
  }
  const merged = [...quantities].map(([product_id, quantity]) => ({ product_id, quantity }));
  return merged.some((line) => line.quantity > MAX_QUANTITY) ? undefined : merged;
}
