import { useTranslation } from "react-i18next";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Product } from "../../lib/resources.ts";
import styles from "./StockLevel.module.css";

/** The stock, with a word where it needs the seller's eye. */
export function StockLevel({ product: { stock, low_stock_threshold } }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {format.number(stock)}
      {stock <= low_stock_threshold && (
        <div className={styles["low"]}>{t(stock === 0 ? "products.out" : "products.low")}</div>
      )}
    </>
  );
}
