import { concernsProducts } from "../../components/concerns.ts";
import { type PagedRead, usePagedResource } from "../../components/usePagedResource.ts";
import { useServices } from "../../hooks/useServices.ts";
import { useSession } from "../../hooks/useSession.ts";
import { ProductPage } from "../../lib/resources.ts";

/** The products of the seller who is logged in, page after page. */
export function useOwnProducts(): PagedRead<ProductPage> {
  const { api } = useServices();
  const { user } = useSession();
  const seller_id = user?.seller_id ?? undefined;
  return usePagedResource({
    key: `own products ${seller_id ?? ""}`,
    load: (cursor, signal) => api.get("/api/products", ProductPage, { query: { seller_id, cursor }, signal }),
    append: (pages, page) => ({ ...page, products: [...pages.products, ...page.products] }),
    concerns: concernsProducts,
  });
}
