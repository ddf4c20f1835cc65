import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNotice } from "../../components/notices.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Product } from "../../lib/resources.ts";
import { quantityOf, withQuantity } from "./cart/Cart.ts";
import { useCart } from "./cart/useCart.ts";
import styles from "./CatalogPage.module.css";

export function ProductCard({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const notify = useNotice();
  const { user } = useSession();
  const { lines, setLines } = useCart();
  const { name, seller_name, description, unit, price, stock, iva_bp } = product;
  const quantity = quantityOf(lines, product.id);
  const buys = user === null || user.role === "CLIENT";

  function add() {
    setLines(withQuantity(lines, product, quantity + 1));
    notify(t("catalogue.added", { name }));
  }

  return (
    <li className={styles["card"]}>
      <div>
        <h2 className={styles["name"]}>{name}</h2>
        <p className="note">{seller_name}</p>
      </div>
      <p className={styles["description"]}>{description}</p>
      <div className={styles["foot"]}>
        <div>
          <p className={styles["price"]}>{format.money(price)}</p>
          <p className="note">
            {t("catalogue.perUnit", { unit: t(`common.unitName.${unit}`) })}
            {iva_bp > 0 && ` ${t("catalogue.plusIva")}`}
          </p>
          <p className="note">
            {stock === 0 ? t("catalogue.out") : t("catalogue.available", { stock: format.number(stock) })}
            {quantity > 0 && `, ${t("catalogue.inCart", { quantity })}`}
          </p>
        </div>
        {buys && (
          <Button
            variant="default"
            disabled={quantity >= stock}
            aria-label={t("catalogue.addNamed", { name })}
            onClick={add}
          >
            {t("catalogue.add")}
          </Button>
        )}
      </div>
    </li>
  );
}
