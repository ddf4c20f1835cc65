import { z } from "zod";
import { ApiError } from "../../../lib/ApiError.ts";
import type { CartLine } from "./Cart.ts";

/** The line that an order was refused for. `stock` is what the server has of it now; null: it is not sold any more. */
export type RefusedLine = { readonly name: string; readonly stock: number | null };

const Refused = z.object({ product_id: z.string(), available: z.int().nonnegative().optional() });

/** Which line of the cart a refusal (`OUT_OF_STOCK`, `NOT_FOUND`) is about; undefined when it names none. */
export function refusedLine(error: unknown, lines: readonly CartLine[]): RefusedLine | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const refused = Refused.safeParse(error.problem);
  const line = refused.success ? lines.find(({ product }) => product.id === refused.data.product_id) : undefined;
  if (line === undefined) return undefined;
  if (error.code === "NOT_FOUND") return { name: line.product.name, stock: null };
  const { available } = refused.data ?? {};
  return error.code === "OUT_OF_STOCK" && available !== undefined
    ? { name: line.product.name, stock: available }
    : undefined;
}
