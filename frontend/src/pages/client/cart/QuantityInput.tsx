import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNotice } from "../../../components/notices.ts";
import { type CartLine, withQuantity } from "./Cart.ts";
import { useCart } from "./useCart.ts";

/**
 * The quantity of one line. What is typed counts as soon as it is a quantity; leaving the field shows what counts.
 * More than there is becomes what there is, and is said.
 */
export function QuantityInput({ line: { product, quantity } }: { readonly line: CartLine }) {
  const { t } = useTranslation();
  const notify = useNotice();
  const { lines, setLines } = useCart();
  const [typed, setTyped] = useState<string | null>(null);

  function change(text: string) {
    setTyped(text);
    const wanted = Number(text);
    if (!Number.isInteger(wanted) || wanted < 1) return;
    setLines(withQuantity(lines, product, wanted));
    if (wanted > product.stock) notify(t("catalogue.stockOf", { name: product.name, stock: product.stock }));
  }

  return (
    <TextInput
      type="number"
      inputMode="numeric"
      min={1}
      max={product.stock}
      w={110}
      aria-label={t("catalogue.quantityOf", { name: product.name })}
      value={typed ?? quantity}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onBlur={() => setTyped(null)}
    />
  );
}
