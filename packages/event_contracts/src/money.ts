import { z } from "zod";

/** An amount of US dollars as an integer number of cents. Sums stay exact up to 90 trillion dollars. */
export const Cents = z.int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** A tax rate in basis points: 1500 is 15 %. */
export const BasisPoints = z.int().min(0).max(10_000);

/** The IVA rates of Ecuador that a product may carry: 0 % for fresh catch, 15 % for processed goods. */
export const IVA_RATES = [0, 1500] as const;

/** Tax on one order line, rounded half up to the cent. `base` ≥ 0, in cents. */
export function taxOf(base: number, basisPoints: number): number {
  return Number((BigInt(base) * BigInt(basisPoints) + 5_000n) / 10_000n);
}

export type LineAmounts = { readonly unit_price: number; readonly quantity: number; readonly iva_bp: number };
export type Totals = z.infer<typeof Totals>;

/** What an order costs, in cents: `total = subtotal + tax`, tax rounded line by line. */
export const Totals = z.object({ subtotal: Cents, tax: Cents, total: Cents });

export function lineTotal(line: LineAmounts): number {
  return line.unit_price * line.quantity;
}

export function totalsOf(lines: readonly LineAmounts[]): Totals {
  const subtotal = lines.reduce((sum, line) => sum + lineTotal(line), 0);
  const tax = lines.reduce((sum, line) => sum + taxOf(lineTotal(line), line.iva_bp), 0);
  return { subtotal, tax, total: subtotal + tax };
}
