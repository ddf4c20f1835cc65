import { OrderStatus } from "@espigon/event_contracts";

/** What a list of orders is narrowed to, as the address says it. */
export type OrdersSearch = { readonly status?: OrderStatus };

export function parseOrdersSearch(search: Readonly<Record<string, unknown>>): OrdersSearch {
  const status = OrderStatus.safeParse(search["status"]);
  return status.success ? { status: status.data } : {};
}
