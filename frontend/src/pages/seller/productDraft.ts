import { IVA_RATES } from "@espigon/event_contracts";
import type { DraftReading, Faults } from "../../components/draft.ts";
import type { Language } from "../../i18n/language.ts";
import { type Product, Unit } from "../../lib/resources.ts";

/** A product as it stands in the form: text, as typed. */
export type ProductDraft = Record<
  "name" | "description" | "category" | "unit" | "price" | "stock" | "low_stock_threshold" | "iva_bp",
  string
>;

/** What is sent: price in cents. */
export type ProductBody = Omit<Product, "id" | "seller_id" | "seller_name" | "photo_url" | "description"> & {
  readonly description: string;
};

export type DraftFault = "missing" | "priceBad" | "stockBad";
type DraftFaults = Faults<keyof ProductDraft, DraftFault>;

/** The largest price, in cents, and the largest stock that a form takes: slips, not offers, lie beyond. */
const MAX_CENTS = 100_000_000;
const MAX_STOCK = 1_000_000;

export const EMPTY_DRAFT: ProductDraft = {
  name: "",
  description: "",
  category: "",
  unit: "libra",
  price: "",
  stock: "",
  low_stock_threshold: "5",
  iva_bp: "0",
};

/** The price has the decimal mark of the language on screen; either is read. */
export function draftOf(product: Product, language: Language): ProductDraft {
  return {
    name: product.name,
    description: product.description ?? "",
    category: product.category,
    unit: product.unit,
    price: (product.price / 100).toFixed(2).replace(".", language === "es" ? "," : "."),
    stock: String(product.stock),
    low_stock_threshold: String(product.low_stock_threshold),
    iva_bp: String(product.iva_bp),
  };
}

/** Reads a typed amount of dollars as cents: `4,50`, `4.5`, `1.234,50`, `1,234.50`. Null when it is none. */
export function parseCents(text: string): number | null {
  const trimmed = text.trim().replace(/^\$\s*/, "");
  const match = /^(\d{1,3}(?:([.,])\d{3})*|\d+)(?:([.,])(\d{1,2}))?$/.exec(trimmed);
  if (match === null) return null;
  const [, whole = "", thousands, decimal, fraction = ""] = match;
  if (thousands !== undefined && thousands === decimal) return null;
  return Number(whole.replaceAll(/[.,]/g, "")) * 100 + Number(fraction.padEnd(2, "0"));
}

/** What is wrong with a draft, field by field; or what to send. */
export function readDraft(draft: ProductDraft): DraftReading<keyof ProductDraft, DraftFault, ProductBody> {
  const price = parseCents(draft.price);
  const stock = parseCount(draft.stock);
  const threshold = parseCount(draft.low_stock_threshold);
  const unit = Unit.safeParse(draft.unit);
  const iva = IVA_RATES.find((rate) => String(rate) === draft.iva_bp);
  const faults: DraftFaults = {
    ...(draft.name.trim() === "" ? { name: "missing" as const } : {}),
    ...(draft.category.trim() === "" ? { category: "missing" as const } : {}),
    ...(price === null || price < 1 || price > MAX_CENTS ? { price: "priceBad" as const } : {}),
    ...(stock === null ? { stock: "stockBad" as const } : {}),
    ...(threshold === null ? { low_stock_threshold: "stockBad" as const } : {}),
    ...(unit.success ? {} : { unit: "missing" as const }),
    ...(iva === undefined ? { iva_bp: "missing" as const } : {}),
  };
  if (Object.keys(faults).length > 0 || price === null || stock === null || threshold === null) return { faults };
  if (!unit.success || iva === undefined) return { faults };
  const { name, description, category } = draft;
  return {
    body: {
      name: name.trim(),
      description: description.trim(),
      category: category.trim(),
      unit: unit.data,
      price,
      stock,
      low_stock_threshold: threshold,
      iva_bp: iva,
    },
  };
}

/** What of `body` is not as it was in the draft that the form began with; all of it where that was not a product yet. */
export function changesSince(before: ProductDraft, body: ProductBody): Partial<ProductBody> {
  const read = readDraft(before);
  if ("faults" in read) return body;
  const was: Readonly<Record<string, unknown>> = read.body;
  return Object.fromEntries(Object.entries(body).filter(([field, value]) => was[field] !== value));
}

function parseCount(text: string): number | null {
  const value = /^\d{1,7}$/.test(text.trim()) ? Number(text) : null;
  return value !== null && value <= MAX_STOCK ? value : null;
}
