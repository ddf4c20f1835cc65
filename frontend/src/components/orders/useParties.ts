import { useTranslation } from "react-i18next";
import type { Order } from "../../lib/resources.ts";

type Parties = {
  readonly client: (order: Order) => string;
  readonly seller: (order: Order) => string;
};

/** The people of an order by name, or by number where a server does not tell names. */
export function useParties(): Parties {
  const { t } = useTranslation();
  return {
    client: ({ client_name, client_id }) => client_name ?? t("orders.clientNumber", { id: client_id }),
    seller: ({ seller_name, seller_id }) => seller_name ?? t("orders.sellerNumber", { id: seller_id }),
  };
}
