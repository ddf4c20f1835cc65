import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNotice } from "../../../components/notices.ts";
import { useServices } from "../../../hooks/useServices.ts";
import { PlacedOrders } from "../../../lib/resources.ts";
import { useCart } from "./useCart.ts";

type UsePlaceOrder = {
  readonly note: string;
  readonly setNote: (note: string) => void;
  readonly placing: boolean;
  readonly error: unknown;
  /** Never rejects. Repeating it after no answer cannot order twice: the cart keeps its key until it changes. */
  readonly place: () => Promise<void>;
};

/** Turns the cart into orders, one per seller, all or none. */
export function usePlaceOrder(): UsePlaceOrder {
  const { api } = useServices();
  const { t } = useTranslation();
  const { key, lines, setLines } = useCart();
  const navigate = useNavigate();
  const notify = useNotice();
  const [note, setNote] = useState("");
  const [placing, setPlacing] = useState(false);
  const [error, setError] = useState<unknown>(undefined);

  async function place(): Promise<void> {
    if (placing) return;
    setPlacing(true);
    setError(undefined);
    try {
      const items = lines.map(({ product, quantity }) => ({ product_id: product.id, quantity }));
      const body = { items, ...(note.trim() === "" ? {} : { note: note.trim() }) };
      const { orders } = await api.post("/api/orders", body, PlacedOrders, { idempotencyKey: key });
      setLines([]);
      notify(t("catalogue.placed", { count: orders.length }));
      await navigate({ to: "/orders" });
    } catch (cause) {
      setError(cause);
    } finally {
      setPlacing(false);
    }
  }

  return {
    note,
    // Another note is another request: it needs a key of its own, as another cart does.
    setNote: (text) => {
      setNote(text);
      setLines(lines);
    },
    placing,
    error,
    place,
  };
}
