import { CATALOG_ROOM } from "@espigon/event_contracts";
import { concernsProducts } from "../../components/concerns.ts";
import { type PagedRead, usePagedResource } from "../../components/usePagedResource.ts";
import { useRoom } from "../../hooks/useRoom.ts";
import { useServices } from "../../hooks/useServices.ts";
import { ProductPage } from "../../lib/resources.ts";
import type { CatalogSearch } from "./catalogSearch.ts";

/** The products that match, page after page. Whoever is logged in sees what sellers change as it happens. */
export function useCatalogue({ search, category }: CatalogSearch): PagedRead<ProductPage> {
  const { api } = useServices();
  const list = usePagedResource({
    key: `catalogue ${search ?? ""} ${category ?? ""}`,
    load: (cursor, signal) => api.get("/api/products", ProductPage, { query: { search, category, cursor }, signal }),
    append: (pages, page) => ({ ...page, products: [...pages.products, ...page.products] }),
    concerns: concernsProducts,
  });
  useRoom(CATALOG_ROOM, list.read.refetch);
  return list;
}
