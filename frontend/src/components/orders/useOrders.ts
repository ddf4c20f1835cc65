import { useServices } from "../../hooks/useServices.ts";
import { OrderPage } from "../../lib/resources.ts";
import { concernsAnyOrder } from "../concerns.ts";
import { type PagedRead, usePagedResource } from "../usePagedResource.ts";
import type { OrdersSearch } from "./ordersSearch.ts";

/** The orders of whoever is logged in, newest first, page after page. */
export function useOrders({ status }: OrdersSearch): PagedRead<OrderPage> {
  const { api } = useServices();
  return usePagedResource({
    key: `orders ${status ?? ""}`,
    load: (cursor, signal) => api.get("/api/orders", OrderPage, { query: { status, cursor }, signal }),
    append: (pages, page) => ({ ...page, orders: [...pages.orders, ...page.orders] }),
    concerns: concernsAnyOrder,
  });
}
