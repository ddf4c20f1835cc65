import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUnit } from "../../components/useUnit.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import type { Product } from "../../lib/resources.ts";
import { ProductRemoval } from "./ProductRemoval.tsx";
import { StockLevel } from "./StockLevel.tsx";

type ProductsListProps = { readonly products: readonly Product[]; readonly onChanged: () => void };

export function ProductsList({ products, onChanged }: ProductsListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = useUnit();
  const [removing, setRemoving] = useState<Product | null>(null);
  return (
    <>
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{t("products.name")}</th>
            <th scope="col">{t("products.category")}</th>
            <th scope="col" className="money">
              {t("products.priceShort")}
            </th>
            <th scope="col" className="number">
              {t("products.stock")}
            </th>
            <th scope="col">{t("orders.actions")}</th>
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <tr key={product.id}>
              <th scope="row">{product.name}</th>
              <td className="muted">{product.category}</td>
              <td className="money">
                {format.money(product.price)} / {unit(product.unit)}
              </td>
              <td className="number" data-label={t("products.stock")}>
                <StockLevel product={product} />
              </td>
              <td className="wide">
                <span className="row">
                  <Link
                    to="/seller/products/$productId"
                    params={{ productId: product.id }}
                    aria-label={t("products.editNamed", { name: product.name })}
                  >
                    {t("products.edit")}
                  </Link>
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${t("products.remove")}: ${product.name}`}
                    onClick={() => setRemoving(product)}
                  >
                    {t("products.remove")}
                  </button>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {removing !== null && (
        <ProductRemoval
          product={removing}
          onClose={() => setRemoving(null)}
          onRemoved={() => {
            setRemoving(null);
            onChanged();
          }}
        />
      )}
    </>
  );
}
