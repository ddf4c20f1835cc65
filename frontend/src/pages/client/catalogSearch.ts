/** What the catalogue is narrowed to, as the address says it. */
export type CatalogSearch = { readonly search?: string; readonly category?: string };

const LONGEST = 80;

export function parseCatalogSearch(search: Readonly<Record<string, unknown>>): CatalogSearch {
  const words = textOf(search["search"]);
  const category = textOf(search["category"]);
  return { ...(words === "" ? {} : { search: words }), ...(category === "" ? {} : { category }) };
}

/** The address parser reads a search for `2024` as a number. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).trim().slice(0, LONGEST) : "";
}
