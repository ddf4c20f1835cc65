import type { Principal } from "@espigon/event_contracts";

/** Which orders somebody may see and touch: those that match every id that is present. */
export type OrderScope = { readonly seller_id?: string; readonly client_id?: string };

/** A client sees what it bought, a seller what was bought from it, ADMIN everything. */
export function orderScope(principal: Principal): OrderScope {
  switch (principal.role) {
    case "ADMIN":
      return {};
    case "SELLER":
      return { seller_id: principal.seller_id ?? "0" };
    case "CLIENT":
      return { client_id: principal.user_id };
  }
}
